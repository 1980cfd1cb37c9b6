package chat.parlance.cluster;

import chat.parlance.error.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Certificates of an operator, for the event bus: a node is trusted when the authority signed its certificate.
 *
 * @param certificate PEM file of this node's certificate and the intermediate ones up to the authority
 * @param key PEM file of its private key
 * @param authority PEM file of the certificates that sign the nodes' certificates
 */
public record BusCertificates(Path certificate, Path key, Path authority) {

    public BusCertificates {
        requireReadable("cluster.tls.certificate", certificate);
        requireReadable("cluster.tls.key", key);
        requireReadable("cluster.tls.authority", authority);
    }

    private static void requireReadable(String setting, Path file) {
        if (!Files.isReadable(file)) {
            throw new StartupException(setting + " names a file that cannot be read: " + file);
        }
    }
}

package chat.parlance.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import chat.parlance.error.StartupException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reader of certificates and keys in PEM (RFC 7468). Blocks. */
final class PemFile {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private PemFile() {}

    /**
     * Reads one or more certificates.
     *
     * @param parameter that names the file, for messages
     * @throws StartupException when there is none
     */
    static List<X509Certificate> certificates(String parameter, Path file) {
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(read(parameter, file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException malformed) {
            throw new StartupException(noCertificate(parameter, file), malformed);
        }
        throw new StartupException(noCertificate(parameter, file));
    }

    /**
     * Reads a key.
     *
     * @param parameter that names the file, for messages, which hold nothing of the key
     * @throws StartupException when there is none
     */
    static PrivateKey privateKey(String parameter, Path file) {
        Matcher pem = PKCS8.matcher(new String(read(parameter, file), US_ASCII));
        if (pem.find()) {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                } catch (GeneralSecurityException another) {
                    // The header does not name the algorithm.
                }
            }
        }
        throw new StartupException("postgres.uri: " + parameter + " must be an unencrypted PKCS#8 key in PEM, which "
                + file + " is not; openssl pkcs8 -topk8 -nocrypt makes one");
    }

    private static byte[] read(String parameter, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new StartupException(
                    "postgres.uri: the file of " + parameter + " cannot be read: " + unreadable, unreadable);
        }
    }

    private static String noCertificate(String parameter, Path file) {
        return "postgres.uri: " + parameter + " must be certificates in PEM, which " + file + " is not";
    }
}

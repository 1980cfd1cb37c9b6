package chat.parlance.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority for tests, created by the JDK's keytool; its files are in PEM. */
public final class Authority {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final String name;

    private Authority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Creates an authority, with its files in the folder. */
    public static Authority create(Path folder, String name) {
        Authority authority = new Authority(folder, name);
        authority.generate(name, "CN=" + name, "bc:c");
        authority.write(name + ".crt", authority.keytool(name, "-exportcert", "-rfc"));
        return authority;
    }

    /** The file with its own certificate. */
    public Path certificate() {
        return folder.resolve(name + ".crt");
    }

    /**
     * Creates a key and a certificate.
     *
     * @param subject common name
     * @param hosts subject alternative names in keytool's form, such as {@code dns:localhost}; empty for a client
     * @return the file of the certificate; the key is beside it, with {@code .key} in place of {@code .crt}
     */
    public Path issue(String subject, String hosts) {
        generate(subject, "CN=" + subject, "");
        Path request = folder.resolve(subject + ".csr");
        write(subject + ".csr", keytool(subject, "-certreq"));
        List<String> arguments = new ArrayList<>(List.of("-gencert", "-rfc", "-infile", request.toString()));
        if (!hosts.isEmpty()) {
            arguments.addAll(List.of("-ext", "san=" + hosts));
        }
        Path certificate = write(subject + ".crt", keytool(name, arguments.toArray(String[]::new)));
        try (InputStream in = Files.newInputStream(folder.resolve(subject + ".p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            byte[] key = store.getKey(subject, PASSWORD.toCharArray()).getEncoded();
            write(
                    subject + ".key",
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key)
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
        return certificate;
    }

    /** The key of a certificate that was issued. */
    public Path key(String subject) {
        return folder.resolve(subject + ".key");
    }

    private void generate(String alias, String subject, String constraints) {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair", "-dname", subject, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        if (!constraints.isEmpty()) {
            arguments.addAll(List.of("-ext", constraints));
        }
        keytool(alias, arguments.toArray(String[]::new));
    }

    private String keytool(String alias, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", alias, "-keystore", folder.resolve(alias + ".p12").toString(), "-storepass", PASSWORD));
        return Shell.run(command);
    }

    private Path write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.writeString(path, text + "\n");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return path;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

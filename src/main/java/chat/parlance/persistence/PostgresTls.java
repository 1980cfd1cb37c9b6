package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS between the node and Postgres. Both clients get their trust and key managers here, so that they trust the same
 * servers and show the same certificate.
 *
 * @param rootCertificates of the CA; empty for the ones that Java trusts, when the mode verifies
 * @param certificate of this client, with the chain to its CA; together with {@code key}
 * @param key of the certificate, in PEM and not encrypted
 */
public record PostgresTls(Mode mode, Optional<Path> rootCertificates, Optional<Path> certificate, Optional<Path> key) {

    static final PostgresTls NONE = new PostgresTls(Mode.DISABLE, Optional.empty(), Optional.empty(), Optional.empty());

    /** Levels of protection, by libpq's names. */
    public enum Mode {
        DISABLE("disable", SslMode.DISABLE),
        /** Encrypted, to any server: protects against eavesdroppers only. */
        REQUIRE("require", SslMode.REQUIRE),
        /** Encrypted, to a server with a certificate of the CA. */
        VERIFY_CA("verify-ca", SslMode.VERIFY_CA),
        /** Encrypted, to a server with a certificate of the CA that names its host. */
        VERIFY_FULL("verify-full", SslMode.VERIFY_FULL);

        private final String value;
        private final SslMode reactive;

        Mode(String value, SslMode reactive) {
            this.value = value;
            this.reactive = reactive;
        }

        /** Value of the parameter {@code sslmode}. */
        String value() {
            return value;
        }

        boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
        }
    }

    /**
     * Sets up the reactive client.
     *
     * @throws StartupException when a file cannot be read
     */
    void configure(PgConnectOptions options) {
        options.setSslMode(mode.reactive);
        if (mode == Mode.DISABLE) {
            return;
        }
        ClientSSLOptions ssl = new ClientSSLOptions()
                .setTrustOptions(TrustOptions.wrap(trustManagers()[0]))
                .setHostnameVerificationAlgorithm(mode == Mode.VERIFY_FULL ? "HTTPS" : "");
        KeyManager[] keys = keyManagers();
        if (keys != null) {
            ssl.setKeyCertOptions(KeyCertOptions.wrap((X509KeyManager) keys[0]));
        }
        options.setSslOptions(ssl);
    }

    /** Parameters of the JDBC driver. */
    Map<String, String> jdbcParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("sslmode", mode.value());
        if (mode != Mode.DISABLE) {
            parameters.put("sslfactory", JdbcSocketFactory.class.getName());
            rootCertificates.ifPresent(file -> parameters.put("sslrootcert", file.toString()));
            certificate.ifPresent(file -> parameters.put("sslcert", file.toString()));
            key.ifPresent(file -> parameters.put("sslkey", file.toString()));
        }
        return parameters;
    }

    /**
     * Reads the files.
     *
     * @throws StartupException when one cannot be read, which the JDBC driver would report as an unreachable server
     */
    void check() {
        if (mode != Mode.DISABLE) {
            context();
        }
    }

    /**
     * Context for the JDBC driver.
     *
     * @throws StartupException when a file cannot be read
     */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new StartupException("TLS to Postgres cannot be set up: " + failed.getMessage(), failed);
        }
    }

    private TrustManager[] trustManagers() {
        if (!mode.verifies()) {
            return InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(rootCertificates.isPresent() ? trusted(rootCertificates.get()) : null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException failed) {
            throw new StartupException("TLS to Postgres cannot be set up: " + failed.getMessage(), failed);
        }
    }

    private KeyManager @Nullable [] keyManagers() {
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(
                    "client",
                    PemFile.privateKey("sslkey", key.get()),
                    new char[0],
                    PemFile.certificates("sslcert", certificate.get()).toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException failed) {
            throw new StartupException(
                    "postgres.uri: sslcert and sslkey do not fit together: " + failed.getMessage(), failed);
        }
    }

    private static KeyStore trusted(Path file) throws GeneralSecurityException {
        KeyStore store = emptyStore();
        int number = 0;
        for (X509Certificate authority : PemFile.certificates("sslrootcert", file)) {
            store.setCertificateEntry("ca-" + number++, authority);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

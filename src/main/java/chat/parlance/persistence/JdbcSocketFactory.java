package chat.parlance.persistence;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.postgresql.PGProperty;
import org.postgresql.ssl.WrappedFactory;

/**
 * Sockets of the JDBC driver, which makes this object by its name and a connection's properties. The driver's own factory
 * would also read files in the user's home, and keys of another form than the reactive client.
 */
public final class JdbcSocketFactory extends WrappedFactory {

    private final boolean verifiesHost;

    /** Reads the files that the properties name. */
    public JdbcSocketFactory(Properties properties) {
        PostgresTls.Mode mode = PostgresTls.Mode.REQUIRE;
        for (PostgresTls.Mode known : PostgresTls.Mode.values()) {
            if (known.value().equals(PGProperty.SSL_MODE.getOrDefault(properties))) {
                mode = known;
            }
        }
        verifiesHost = mode == PostgresTls.Mode.VERIFY_FULL;
        factory = new PostgresTls(
                        mode,
                        file(PGProperty.SSL_ROOT_CERT, properties),
                        file(PGProperty.SSL_CERT, properties),
                        file(PGProperty.SSL_KEY, properties))
                .context()
                .getSocketFactory();
    }

    /** Verifies the host in the handshake, as the reactive client does. */
    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        Socket secured = super.createSocket(socket, host, port, autoClose);
        if (verifiesHost && secured instanceof SSLSocket tls) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        return secured;
    }

    private static Optional<Path> file(PGProperty property, Properties properties) {
        return Optional.ofNullable(property.getOrDefault(properties)).map(Path::of);
    }
}

package chat.parlance.persistence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Socket factory of the JDBC driver, which creates it by its name and a connection's properties. The driver's own
 * factory would also read files in the user's home, and expects keys in another form than the reactive client.
 */
public final class JdbcSocketFactory extends SSLSocketFactory {

    private final SSLSocketFactory sockets;
    private final boolean verifiesHost;

    /** Reads the files named in the properties. */
    public JdbcSocketFactory(Properties properties) {
        PostgresTls.Mode mode = PostgresTls.Mode.REQUIRE;
        for (PostgresTls.Mode known : PostgresTls.Mode.values()) {
            if (known.value().equals(properties.getProperty("sslmode"))) {
                mode = known;
            }
        }
        verifiesHost = mode == PostgresTls.Mode.VERIFY_FULL;
        sockets = new PostgresTls(
                        mode, file(properties, "sslrootcert"), file(properties, "sslcert"), file(properties, "sslkey"))
                .context()
                .getSocketFactory();
    }

    /** Encrypts a connection to Postgres, and verifies the host in the handshake, as the reactive client does. */
    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        Socket secured = sockets.createSocket(socket, host, port, autoClose);
        if (verifiesHost && secured instanceof SSLSocket tls) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        return secured;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw notForPostgres();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw notForPostgres();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw notForPostgres();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw notForPostgres();
    }

    /** Error for all other ways to create a socket: Postgres' protocol begins in plain text, on a connected socket. */
    private static UnsupportedOperationException notForPostgres() {
        return new UnsupportedOperationException("Postgres needs a socket that is connected");
    }

    private static Optional<Path> file(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty(name)).map(Path::of);
    }
}

package chat.parlance.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A peer on the port of an event bus, which trusts all peers itself. */
final class BusPeer implements AutoCloseable {

    private static final int PATIENCE_MS = 20_000;
    private static final int JUNK_BYTES = 1 << 16;

    private final Socket socket;

    private BusPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
    }

    /** Connects without TLS. */
    static BusPeer plain(int port) throws IOException {
        return new BusPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Connects with TLS.
     *
     * @param secret the secret of its certificate, null for a client without a certificate
     */
    static BusPeer tls(int port, @Nullable ClusterSecret secret) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(secret), new TrustManager[] {new TrustsAll()}, null);
        return new BusPeer(context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    }

    private static KeyManager @Nullable [] keys(@Nullable ClusterSecret secret)
            throws IOException, GeneralSecurityException {
        if (secret == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = BusKey.PASSWORD.toCharArray();
        store.load(new ByteArrayInputStream(BusKey.of(secret).keyStore().getBytes()), password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends zeros as long as the other side reads them. */
    void sendJunk(long bytes) {
        byte[] junk = new byte[JUNK_BYTES];
        try {
            OutputStream out = socket.getOutputStream();
            for (long sent = 0; sent < bytes; sent += junk.length) {
                out.write(junk);
            }
            out.flush();
        } catch (IOException closed) {
            // The other side has closed the connection.
        }
    }

    /** Reads one byte, such as the answer to a ping. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    /** Waits until the other side has closed the connection; false when it does not. */
    boolean isClosed() {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        try {
            while (socket.getInputStream().read() >= 0 && System.nanoTime() < endNs) {
                // A pong does not count.
            }
            return System.nanoTime() < endNs;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // Nothing is left to close.
        }
    }

    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

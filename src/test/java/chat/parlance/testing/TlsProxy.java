package chat.parlance.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;

/** Proxy in front of a node that ends TLS and adds nothing. */
public final class TlsProxy implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();

    private TlsProxy(int port, int target, Path certificate, Path key) {
        NetClient client = vertx.createNetClient();
        vertx.createNetServer(new NetServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(certificate.toString())
                                .setKeyPath(key.toString())))
                .connectHandler(accepted -> connect(accepted, client, target))
                .listen(port, LOOPBACK)
                .await();
    }

    /**
     * Starts it; when this returns it accepts clients.
     *
     * @param port of loopback that it listens on
     * @param target port of the node
     * @param key of the certificate; both are files in PEM
     */
    public static TlsProxy start(int port, int target, Path certificate, Path key) {
        return new TlsProxy(port, target, certificate, key);
    }

    private static void connect(NetSocket accepted, NetClient client, int target) {
        accepted.pause();
        client.connect(target, LOOPBACK)
                .onSuccess(node -> {
                    accepted.pipeTo(node);
                    node.pipeTo(accepted);
                })
                .onFailure(refused -> accepted.close());
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}

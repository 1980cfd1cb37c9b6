package chat.parlance.http;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Address on which a node listens, with the configuration keys that it comes from.
 *
 * @param hostKey key of the host
 * @param portKey key of the port
 */
public record ListenAddress(String hostKey, String host, String portKey, int port) {

    private static final int PRIVILEGED_PORTS = 1024;

    /** True for a host that stands for all addresses of the machine. */
    public static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /**
     * Binds the port, to see whether it can be had.
     *
     * @throws StartupException when it cannot, with the reason and the key
     */
    public ServerSocket bind() {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), 1);
                return socket;
            } catch (IOException refused) {
                socket.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw refused(refused);
        }
    }

    /** Error for the operator, with the reason and the key. */
    StartupException refused(Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException) {
            return new StartupException("%s is %s, a name that does not resolve".formatted(hostKey, host), cause);
        } else if (reason.contains("assign requested address")) {
            return new StartupException(
                    "%s is %s, which is no address of this machine".formatted(hostKey, host), cause);
        } else if (reason.contains("Permission denied") && port < PRIVILEGED_PORTS) {
            return new StartupException(
                    "%s is %d, and this user may not bind a port below %d".formatted(portKey, port, PRIVILEGED_PORTS),
                    cause);
        } else if (cause instanceof BindException) {
            return new StartupException(
                    "%s is %d, and that port of %s is taken by another process".formatted(portKey, port, host), cause);
        }
        return new StartupException("%s is %d, which cannot be bound: %s".formatted(portKey, port, reason), cause);
    }
}

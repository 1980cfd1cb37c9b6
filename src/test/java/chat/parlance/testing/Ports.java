package chat.parlance.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of loopback, below those that the system assigns to clients, each used once. */
public final class Ports {

    private static final int FIRST = 16_000;
    private static final int LAST = 32_000;

    /** Distance of ports; the next one is left for callers that use two in a row. */
    private static final int STEP = 2;

    private static final int MAX_TRIES = 1000;
    private static final Set<Integer> HANDED_OUT = new HashSet<>();

    private Ports() {}

    /** A port with no listener now, and none on the next one. */
    public static synchronized int free() {
        for (int i = 0; i < MAX_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST / STEP, LAST / STEP) * STEP;
            if (isFree(port) && isFree(port + 1) && HANDED_OUT.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between %d and %d".formatted(FIRST, LAST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** True when a listener on loopback accepts connections at the port. */
    static boolean isOpen(int port) {
        try (Socket tried = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return tried.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}

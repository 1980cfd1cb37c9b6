package chat.parlance.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on loopback with seeded faults: it cuts a connection, stalls it, or closes it in one direction, after a
 * random number of bytes of one direction, and forwards bytes in pieces smaller than a frame. Each connection is
 * forwarded to one of the servers at random; if that is down, the connection is cut at once. After a number of
 * connections the network is sound, so that a client that keeps trying succeeds.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int BACKLOG = 256;
    private static final int CONNECT_TIMEOUT_MS = 1000;
    private static final int BUFFER = 4096;
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int STALL_WITHIN_MS = 700;

    private enum Fault {
        NONE,
        CUT,
        HALF_CLOSE,
        STALL,
        STALL_FOR_EVER
    }

    /** Fault of one connection, and its time. */
    private record Plan(Fault fault, boolean upstream, int atByte, int stallMs, int piece) {

        static Plan draw(Random random) {
            boolean upstream = random.nextInt(3) == 0;
            // A handshake and a log-in have some hundred bytes each way.
            int atByte = random.nextInt(upstream ? 2500 : 6000);
            return new Plan(
                    FAULTS.get(random.nextInt(FAULTS.size())),
                    upstream,
                    atByte,
                    random.nextInt(STALL_WITHIN_MS),
                    random.nextBoolean() ? BUFFER : 1 + random.nextInt(200));
        }
    }

    private final ServerSocket listener;
    private final List<InetSocketAddress> servers;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> lost = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faultyConnections;
    private volatile boolean refusing;
    private volatile boolean blackHole;

    private FaultyProxy(ServerSocket listener, List<InetSocketAddress> servers, Random random, int faultyConnections) {
        this.listener = listener;
        this.servers = servers;
        this.random = random;
        this.faultyConnections = new AtomicInteger(faultyConnections);
    }

    /**
     * @param faultyConnections number of the next connections that have faults
     * @param ports of the servers on loopback
     */
    public static FaultyProxy start(long seed, int faultyConnections, List<Integer> ports) {
        try {
            ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            List<InetSocketAddress> servers = ports.stream()
                    .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .toList();
            FaultyProxy proxy = new FaultyProxy(listener, servers, new Random(seed), faultyConnections);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Sets the number of the next connections that have faults. */
    public void setFaultyConnections(int count) {
        faultyConnections.set(count);
    }

    /** Cuts all connections and refuses new ones while true. */
    public void setRefusing(boolean refusing) {
        this.refusing = refusing;
        if (refusing) {
            open.forEach(FaultyProxy::cut);
        }
    }

    /**
     * Drops all bytes without an error to either side while true. Connections that were affected never carry anything
     * again, as when a router in between has lost their state.
     */
    public void setBlackHole(boolean blackHole) {
        this.blackHole = blackHole;
        if (blackHole) {
            lost.addAll(open);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        open.forEach(FaultyProxy::cut);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Plan plan = nextPlan();
                InetSocketAddress server = servers.get(random.nextInt(servers.size()));
                Thread.ofVirtual().start(() -> relay(client, server, plan));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private Plan nextPlan() {
        return faultyConnections.getAndDecrement() > 0 ? Plan.draw(random) : new Plan(Fault.NONE, false, 0, 0, BUFFER);
    }

    private void relay(Socket client, InetSocketAddress address, Plan plan) {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
            if (refusing) {
                throw new IOException("refused");
            }
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(address, CONNECT_TIMEOUT_MS);
            if (blackHole) {
                lost.addAll(List.of(client, server));
            }
            Thread up = Thread.ofVirtual().start(() -> pump(client, server, plan, true));
            pump(server, client, plan, false);
            up.join();
        } catch (IOException down) {
            cut(client);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            cut(client);
            cut(server);
            List.of(open, lost).forEach(sockets -> sockets.removeAll(List.of(client, server)));
        }
    }

    /** Forwards bytes in one direction until its end, or its fault. */
    private void pump(Socket from, Socket to, Plan plan, boolean upstream) {
        long left = plan.upstream() == upstream && plan.fault() != Fault.NONE ? plan.atByte() : Long.MAX_VALUE;
        byte[] buffer = new byte[plan.piece()];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (true) {
                int read = in.read(buffer, 0, (int) Math.max(1, Math.min(buffer.length, left)));
                if (read < 0) {
                    to.shutdownOutput();
                    return;
                }
                if (lost.contains(from)) {
                    stall(from, to);
                }
                out.write(buffer, 0, read);
                left -= read;
                if (left <= 0) {
                    left = strike(from, to, plan, in);
                }
            }
        } catch (IOException gone) {
            cut(from);
            cut(to);
        }
    }

    /** @return number of bytes until the next fault */
    private static long strike(Socket from, Socket to, Plan plan, InputStream in) throws IOException {
        switch (plan.fault()) {
            case CUT -> throw new IOException("cut");
            case HALF_CLOSE -> {
                to.shutdownOutput();
                in.transferTo(OutputStream.nullOutputStream());
                throw new IOException("the other half is closed, too");
            }
            case STALL -> pause(plan.stallMs());
            case STALL_FOR_EVER -> stall(from, to);
            case NONE -> {}
        }
        return Long.MAX_VALUE;
    }

    /** Stalls until one side closes the connection, which closing the socket ends. */
    private static void stall(Socket from, Socket to) {
        while (!from.isClosed() && !to.isClosed()) {
            pause(STALL_WITHIN_MS);
        }
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts with a reset, as a broken network does; bytes in flight are lost. */
    private static void cut(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException closed) {
            // The socket is closed either way.
        }
    }
}

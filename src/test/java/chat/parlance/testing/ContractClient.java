package chat.parlance.testing;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its side of the contract in one room: sends one message at a time, connects to another node as soon
 * as its own is gone, resumes after the last event it has, and sends again, with the same id, what was not acknowledged.
 * When it is told that nothing it has is sure, it drops its copy of the room and loads it again. It notes what it sent, what
 * was acknowledged and what it received, and holds frames against the contract.
 */
public final class ContractClient implements AutoCloseable {

    /** One event and when it came, on the clock of {@code System.nanoTime}. */
    public record Receipt(long seq, String id, String stamp, long atNs) {

        private ContractChecker.Seen seen() {
            return new ContractChecker.Seen(seq, id, stamp);
        }
    }

    /** How long a server may take to answer before the client looks for another. */
    private static final int ANSWER_TIMEOUT_SECONDS = 8;

    private static final int RETRY_BASE_MS = 250;
    private static final int RESEND_CAP_MS = 1000;
    private static final int RECONNECT_CAP_MS = 4000;
    private static final int MAX_DOUBLINGS = 4;

    private final String name;
    private final List<String> addresses;
    private final String token;
    private final String room;
    private final List<ContractChecker.Send> sends = new ArrayList<>();
    private final RoomReader reader;
    private final Map<String, CompletableFuture<Long>> waiting = new HashMap<>();
    private final Map<Integer, Integer> closeCodes = new HashMap<>();
    private final Thread keeper;
    private int node;
    private int started;
    private int joins;
    private @Nullable ContractConnection connection;
    private boolean away;
    private boolean closed;
    private @Nullable AssertionError breach;

    private ContractClient(String name, List<String> addresses, int node, String token, String room) {
        this.name = name;
        this.addresses = addresses;
        this.node = node;
        this.token = token;
        this.room = room;
        this.reader = new RoomReader(this, token, room);
        this.keeper = Thread.ofVirtual().unstarted(this::keepConnected);
    }

    /**
     * Begins to connect, and does so until it is closed.
     *
     * @param node the index of the address to begin with
     */
    public static ContractClient start(String name, List<String> addresses, int node, String token, String room) {
        ContractClient client = new ContractClient(name, addresses, node, token, room);
        client.keeper.start();
        return client;
    }

    /**
     * Sends a message and waits for its acknowledgement, over as many connections as it takes.
     *
     * @throws InterruptedException when the client is closed before that
     */
    public void send(String id, String text) throws InterruptedException {
        long sentAt = System.nanoTime();
        synchronized (this) {
            started++;
        }
        int refusals = 0;
        while (true) {
            ContractConnection open = awaitJoined();
            CompletableFuture<Long> ack = new CompletableFuture<>();
            synchronized (this) {
                if (connection != open) {
                    continue;
                }
                waiting.put(id, ack);
            }
            try {
                open.send(new JsonObject()
                        .put("type", "post")
                        .put("ref", id)
                        .put("roomId", room)
                        .put("id", id)
                        .put("text", text));
                long seq = ack.get(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                synchronized (this) {
                    sends.add(new ContractChecker.Send(id, seq, sentAt, System.nanoTime()));
                }
                return;
            } catch (TimeoutException silent) {
                open.giveUp();
            } catch (ExecutionException refusedOrGone) {
                pause(refusals++, RESEND_CAP_MS);
            }
        }
    }

    /** Waits until the client has joined; false when that takes longer. */
    public boolean awaitConnected(long timeoutMs) throws InterruptedException {
        return awaitUntil(timeoutMs, () -> connection != null);
    }

    /** Waits until the room's events up to {@code head} have come; false when that takes longer. */
    public boolean awaitHead(long head, long timeoutMs) throws InterruptedException {
        return awaitUntil(timeoutMs, () -> reader.copy().isWholeTo(head));
    }

    /**
     * Waits until the client has the room's events up to its last one, and has dropped what it had of another history;
     * false when that takes longer.
     */
    public boolean awaitLast(ContractChecker.Seen last, long timeoutMs) throws InterruptedException {
        return awaitUntil(
                timeoutMs,
                () -> reader.copy().isWholeTo(last.seq())
                        && reader.copy().stamp().equals(last.stamp()));
    }

    public String room() {
        return room;
    }

    /** How many sends were begun. */
    public synchronized int started() {
        return started;
    }

    /** What was acknowledged, in the order it was sent. */
    public synchronized List<ContractChecker.Send> sends() {
        return List.copyOf(sends);
    }

    /** The last event that it has of the room. */
    public synchronized long last() {
        return reader.copy().last();
    }

    /** Number of times that it dropped its copy of the room. */
    public synchronized int drops() {
        return reader.copy().drops();
    }

    /** Loses its connection, and does not come back until it is told to. */
    public void goAway() {
        ContractConnection open;
        synchronized (this) {
            away = true;
            open = connection;
        }
        if (open != null) {
            open.giveUp();
        }
    }

    public synchronized void comeBack() {
        away = false;
        notifyAll();
    }

    /** New events in the order in which they came. */
    public synchronized List<Receipt> receipts() {
        return List.copyOf(reader.receipts());
    }

    /** How often it has joined its room, at first and again. */
    public synchronized int joins() {
        return joins;
    }

    /** How often connections were closed by the server with each code. */
    public synchronized Map<Integer, Integer> closeCodes() {
        return Map.copyOf(closeCodes);
    }

    /**
     * What the client noted, for the checker.
     *
     * @throws AssertionError when a frame came that is not as the contract describes it
     */
    public synchronized ContractChecker.Log log() {
        if (breach != null) {
            throw breach;
        }
        return new ContractChecker.Log(
                name,
                List.copyOf(sends),
                reader.copy().events().stream().map(Receipt::seen).toList(),
                reader.copy().dropped().stream().map(Receipt::seen).toList(),
                List.of());
    }

    @Override
    public void close() {
        ContractConnection open;
        synchronized (this) {
            closed = true;
            open = connection;
            notifyAll();
        }
        keeper.interrupt();
        if (open != null) {
            open.giveUp();
        }
    }

    private synchronized boolean awaitUntil(long timeoutMs, BooleanSupplier reached) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!reached.getAsBoolean()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    private synchronized ContractConnection awaitJoined() throws InterruptedException {
        while (connection == null) {
            if (closed) {
                throw new InterruptedException("closed");
            }
            wait();
        }
        return connection;
    }

    private void keepConnected() {
        int failures = 0;
        try {
            while (!isClosed()) {
                awaitHere();
                try {
                    ContractConnection open = connect();
                    failures = 0;
                    open.awaitGone();
                } catch (CompletionException | TimeoutException failed) {
                    pause(failures++, RECONNECT_CAP_MS);
                }
                node++;
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitHere() throws InterruptedException {
        while (away && !closed) {
            wait();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Connects to the node whose turn it is, and joins after what was seen. */
    private ContractConnection connect() throws InterruptedException, TimeoutException {
        ContractConnection opening =
                ContractConnection.open(addresses.get(node % addresses.size()), token, this, new Receiver());
        opening.send(reader.join());
        opening.awaitJoined(ANSWER_TIMEOUT_SECONDS);
        return opening;
    }

    /** A random part of a bound that doubles, so that clients do not come back in step, nor keep a server from starting. */
    private static void pause(int failures, int capMs) throws InterruptedException {
        int boundMs = Math.min(capMs, RETRY_BASE_MS << Math.min(failures, MAX_DOUBLINGS));
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(boundMs));
    }

    /** Takes what the connections bring. */
    private final class Receiver implements ContractConnection.Owner {

        @Override
        public void closed(int code) {
            synchronized (ContractClient.this) {
                closeCodes.merge(code, 1, Integer::sum);
            }
        }

        @Override
        public void gone(ContractConnection left) {
            synchronized (ContractClient.this) {
                if (connection == left) {
                    connection = null;
                }
                waiting.values().forEach(ack -> ack.completeExceptionally(new IllegalStateException("gone")));
                waiting.clear();
            }
        }

        @Override
        public void receive(ContractConnection from, JsonObject frame) {
            synchronized (ContractClient.this) {
                if (from.isGone()) {
                    return;
                }
                check(frame);
                switch (frame.getString("type")) {
                    case "joined" -> {
                        connection = from;
                        joins++;
                        from.joined().complete(null);
                        ContractClient.this.notifyAll();
                    }
                    case "ack" -> settle(frame.getString("id"), frame.getLong("seq"));
                    case "error" -> refused(from, frame);
                    case "reset" -> reader.reset(from, frame.getLong("since"), frame.getLong("head"));
                    default -> Socket.events(frame).forEach(event -> reader.see(from, event));
                }
            }
        }

        private void check(JsonObject frame) {
            try {
                ApiContract.checkShape(frame);
            } catch (AssertionError found) {
                breach = found;
            }
        }

        private void settle(String id, long seq) {
            CompletableFuture<Long> ack = waiting.remove(id);
            if (ack != null) {
                ack.complete(seq);
            }
        }

        private void refused(ContractConnection from, JsonObject frame) {
            CompletableFuture<?> request =
                    frame.getString("ref") == null ? from.joined() : waiting.remove(frame.getString("ref"));
            if (request != null) {
                request.completeExceptionally(new IllegalStateException(frame.encode()));
            }
        }
    }
}

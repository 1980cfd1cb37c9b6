package chat.parlance.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
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

    private static final int CONNECT_TIMEOUT_SECONDS = 3;
    private static final int RETRY_BASE_MS = 250;
    private static final int RESEND_CAP_MS = 1000;
    private static final int RECONNECT_CAP_MS = 4000;
    private static final int MAX_DOUBLINGS = 4;
    private static final int PAGE = 100;
    private static final int CONFLICT = 409;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(CONNECT_TIMEOUT_SECONDS))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final String name;
    private final List<String> addresses;
    private final String token;
    private final String room;
    private final List<ContractChecker.Send> sends = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final RoomCopy copy = new RoomCopy();
    private final Map<String, CompletableFuture<Long>> waiting = new HashMap<>();
    private final Map<Integer, Integer> closeCodes = new HashMap<>();
    private final Thread keeper;
    private int node;
    private int started;
    private int joins;
    private @Nullable Connection connection;
    private boolean away;
    private boolean closed;
    private @Nullable AssertionError breach;

    private ContractClient(String name, List<String> addresses, int node, String token, String room) {
        this.name = name;
        this.addresses = addresses;
        this.node = node;
        this.token = token;
        this.room = room;
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
            Connection open = awaitJoined();
            CompletableFuture<Long> ack = new CompletableFuture<>();
            synchronized (this) {
                if (connection != open) {
                    continue;
                }
                waiting.put(id, ack);
            }
            try {
                open.post(id, text);
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
        return awaitUntil(timeoutMs, () -> copy.isWholeTo(head));
    }

    /**
     * Waits until the client has the room's events up to its last one, and has dropped what it had of another history;
     * false when that takes longer.
     */
    public boolean awaitLast(ContractChecker.Seen last, long timeoutMs) throws InterruptedException {
        return awaitUntil(
                timeoutMs, () -> copy.isWholeTo(last.seq()) && copy.stamp().equals(last.stamp()));
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
        return copy.last();
    }

    /** Number of times that it dropped its copy of the room. */
    public synchronized int drops() {
        return copy.drops();
    }

    /** Loses its connection, and does not come back until it is told to. */
    public void goAway() {
        Connection open;
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
        return List.copyOf(receipts);
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
                copy.events().stream().map(Receipt::seen).toList(),
                copy.dropped().stream().map(Receipt::seen).toList(),
                List.of());
    }

    @Override
    public void close() {
        Connection open;
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

    private synchronized Connection awaitJoined() throws InterruptedException {
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
                    Connection open = connect();
                    failures = 0;
                    open.gone.join();
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
    private Connection connect() throws InterruptedException, TimeoutException {
        Connection opening = new Connection(addresses.get(node % addresses.size()));
        opening.socket = HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(CONNECT_TIMEOUT_SECONDS))
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://" + opening.address + "/ws"), opening)
                .join();
        JsonObject join = new JsonObject().put("type", "join").put("room", room);
        synchronized (this) {
            copy.stopLoading();
            join.put("since", copy.last());
            if (copy.last() > 0) {
                join.put("stamp", copy.stamp());
            }
        }
        opening.send(join);
        try {
            opening.joined.get(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            opening.giveUp();
            throw new CompletionException(refused);
        } catch (TimeoutException silent) {
            opening.giveUp();
            throw silent;
        }
        return opening;
    }

    /** A random part of a bound that doubles, so that clients do not come back in step, nor keep a server from starting. */
    private static void pause(int failures, int capMs) throws InterruptedException {
        int boundMs = Math.min(capMs, RETRY_BASE_MS << Math.min(failures, MAX_DOUBLINGS));
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(boundMs));
    }

    /** One connection; what it brings after it was given up does not count. */
    private final class Connection implements WebSocket.Listener {

        private final CompletableFuture<Void> joined = new CompletableFuture<>();
        private final CompletableFuture<Void> gone = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        private final String address;
        private @Nullable WebSocket socket;

        Connection(String address) {
            this.address = address;
        }

        void post(String id, String text) {
            send(new JsonObject()
                    .put("type", "post")
                    .put("ref", id)
                    .put("room", room)
                    .put("id", id)
                    .put("text", text));
        }

        void send(JsonObject frame) {
            WebSocket open = socket;
            if (open != null) {
                var _ = open.sendText(frame.encode(), true).whenComplete((sent, failure) -> {
                    if (failure != null) {
                        giveUp();
                    }
                });
            }
        }

        void giveUp() {
            synchronized (ContractClient.this) {
                if (gone.isDone()) {
                    return;
                }
                if (connection == this) {
                    connection = null;
                }
                waiting.values().forEach(ack -> ack.completeExceptionally(new IllegalStateException("gone")));
                waiting.clear();
                gone.complete(null);
                joined.completeExceptionally(new IllegalStateException("gone"));
            }
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean lastPart) {
            partial.append(data);
            if (lastPart) {
                String text = partial.toString();
                partial.setLength(0);
                receive(new JsonObject(text));
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            synchronized (ContractClient.this) {
                closeCodes.merge(statusCode, 1, Integer::sum);
            }
            giveUp();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            giveUp();
        }

        private void receive(JsonObject frame) {
            synchronized (ContractClient.this) {
                if (gone.isDone()) {
                    return;
                }
                check(frame);
                switch (frame.getString("type")) {
                    case "joined" -> {
                        connection = this;
                        joins++;
                        joined.complete(null);
                        ContractClient.this.notifyAll();
                    }
                    case "ack" -> settle(frame.getString("id"), frame.getLong("seq"));
                    case "error" -> refused(frame);
                    case "reset" -> reset(frame.getLong("from"), frame.getLong("head"));
                    default -> Socket.events(frame).forEach(this::see);
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

        private void refused(JsonObject frame) {
            CompletableFuture<?> request =
                    frame.getString("ref") == null ? joined : waiting.remove(frame.getString("ref"));
            if (request != null) {
                request.completeExceptionally(new IllegalStateException(frame.encode()));
            }
        }

        private void see(JsonObject event) {
            if (!gone.isDone() && !copy.live(note(event))) {
                giveUp();
            }
            ContractClient.this.notifyAll();
        }

        private void reset(long from, long head) {
            if (from == 0) {
                copy.drop();
            }
            if (copy.beginLoading(head)) {
                Thread.startVirtualThread(this::load);
            }
        }

        /** Pages what a reset passed over, by the same node, as long as this connection counts. */
        private void load() {
            try {
                while (true) {
                    int drops;
                    String query;
                    synchronized (ContractClient.this) {
                        if (gone.isDone() || !copy.isLoading()) {
                            return;
                        }
                        drops = copy.drops();
                        query = "?limit=" + PAGE + "&after=" + copy.last()
                                + (copy.last() > 0 ? "&stamp=" + copy.stamp() : "");
                    }
                    HttpResponse<String> page =
                            new Rest(address, token).getUnchecked("/rooms/" + room + "/events" + query);
                    synchronized (ContractClient.this) {
                        if (!gone.isDone() && drops == copy.drops()) {
                            take(page);
                        }
                    }
                }
            } catch (RuntimeException failed) {
                giveUp();
            }
        }

        private void take(HttpResponse<String> page) {
            if (page.statusCode() == CONFLICT) {
                copy.drop();
            } else {
                JsonArray events = new JsonObject(page.body()).getJsonArray("events");
                if (!copy.loaded(
                        events.stream().map(event -> note((JsonObject) event)).toList())) {
                    giveUp();
                }
                ContractClient.this.notifyAll();
            }
        }

        /** Notes when an event came for the first time. */
        private Receipt note(JsonObject event) {
            Receipt receipt = new Receipt(
                    event.getLong("seq"), event.getString("id", ""), event.getString("stamp"), System.nanoTime());
            if (known.add(receipt.stamp())) {
                receipts.add(receipt);
            }
            return receipt;
        }
    }
}

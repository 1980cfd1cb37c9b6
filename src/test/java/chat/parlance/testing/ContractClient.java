package chat.parlance.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its side of the contract in one room: sends one message at a time, connects to another node when
 * its own is gone, resumes after the last seq it saw, and sends again, with the same id, what was not acknowledged. It
 * notes what it sent, what was acknowledged and what it received.
 */
public final class ContractClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final int ANSWER_TIMEOUT_SECONDS = 8;
    private static final int RETRY_WITHIN_MS = 250;
    private static final int MAX_TRIES = 200;

    private final String name;
    private final List<String> addresses;
    private final String token;
    private final String room;
    private final List<ContractChecker.Send> sends = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<Long> receivedAt = new ArrayList<>();
    private final Map<Long, String> received = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Long>> waiting = new LinkedHashMap<>();
    private int node;
    private int generation;
    private int started;
    private long last;
    private @Nullable WebSocket socket;
    private CountDownLatch joined = new CountDownLatch(1);

    /** @param node the index of the address to begin with */
    public ContractClient(String name, List<String> addresses, int node, String token, String room) {
        this.name = name;
        this.addresses = addresses;
        this.node = node;
        this.token = token;
        this.room = room;
    }

    /** Sends a message and waits for its acknowledgement, over as many connections as it takes. */
    public void send(String id) {
        long sentAt = System.nanoTime();
        synchronized (this) {
            started++;
        }
        for (int i = 0; i < MAX_TRIES; i++) {
            CompletableFuture<Long> ack = new CompletableFuture<>();
            synchronized (this) {
                waiting.put(id, ack);
            }
            try {
                WebSocket open = connected();
                open.sendText(
                                new JsonObject()
                                        .put("type", "post")
                                        .put("ref", id)
                                        .put("room", room)
                                        .put("id", id)
                                        .put("text", "text of " + id)
                                        .encode(),
                                true)
                        .get(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                long seq = ack.get(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                synchronized (this) {
                    sends.add(new ContractChecker.Send(id, seq, sentAt, System.nanoTime()));
                }
                return;
            } catch (ExecutionException | TimeoutException | CompletionException again) {
                disconnect();
                pause();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        throw new AssertionError(id + " was not acknowledged");
    }

    /** Waits until the room's events up to {@code head} have come. */
    public void awaitHead(long head) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            synchronized (this) {
                if (last >= head) {
                    return;
                }
                try {
                    wait(200);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            try {
                connected();
            } catch (CompletionException | AssertionError gone) {
                disconnect();
            }
        }
    }

    /** How many sends were begun. */
    public synchronized int started() {
        return started;
    }

    /** What the client noted, for the checker. */
    public synchronized ContractChecker.Log log() {
        return new ContractChecker.Log(
                name,
                List.copyOf(sends),
                received.entrySet().stream()
                        .map(event -> new ContractChecker.Seen(event.getKey(), event.getValue()))
                        .toList());
    }

    /** The longest time between two events that came in the time between, on the clock of {@code System.nanoTime}. */
    public synchronized long longestGapNs(long from, long to) {
        long longest = 0;
        long last = from;
        for (long at : receivedAt) {
            if (at > from && at <= to) {
                longest = Math.max(longest, at - last);
                last = at;
            }
        }
        return Math.max(longest, to - last);
    }

    /** What broke the contract on the way. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    public void disconnect() {
        WebSocket gone;
        synchronized (this) {
            gone = socket;
            socket = null;
            node++;
            generation++;
        }
        if (gone != null) {
            gone.abort();
        }
    }

    /** Full jitter, so that clients do not come back in step. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(RETRY_WITHIN_MS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private WebSocket connected() {
        WebSocket open;
        long since;
        CountDownLatch here;
        int opening;
        synchronized (this) {
            if (socket != null && !socket.isInputClosed() && !socket.isOutputClosed()) {
                return socket;
            }
            joined = new CountDownLatch(1);
            here = joined;
            since = last;
            opening = ++generation;
        }
        open = HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://" + addresses.get(node % addresses.size()) + "/ws"), new Frames(opening))
                .join();
        synchronized (this) {
            socket = open;
        }
        open.sendText(
                        new JsonObject()
                                .put("type", "join")
                                .put("room", room)
                                .put("since", since)
                                .encode(),
                        true)
                .join();
        try {
            if (!here.await(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new CompletionException(new TimeoutException("join"));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return open;
    }

    /** What a connection that was given up still brings does not count. */
    private synchronized void receive(int from, JsonObject frame) {
        if (from != generation) {
            return;
        }
        switch (frame.getString("type")) {
            case "joined" -> joined.countDown();
            case "ack" -> settle(frame.getString("id"), frame.getLong("seq"));
            case "error" -> {
                CompletableFuture<Long> refused = waiting.get(String.valueOf(frame.getString("ref")));
                if (refused != null) {
                    refused.completeExceptionally(new IllegalStateException(frame.encode()));
                }
            }
            case "reset" -> violations.add("reset " + frame.encode());
            default -> {}
        }
        for (JsonObject event : Socket.events(frame)) {
            long seq = event.getLong("seq");
            if (seq != last + 1) {
                violations.add("seq " + seq + " after " + last);
            }
            last = seq;
            received.put(seq, event.getString("id", ""));
            receivedAt.add(System.nanoTime());
            notifyAll();
        }
    }

    private void settle(String id, long seq) {
        CompletableFuture<Long> ack = waiting.remove(id);
        if (ack != null) {
            ack.complete(seq);
        }
    }

    private final class Frames implements WebSocket.Listener {

        private final int connection;
        private final StringBuilder partial = new StringBuilder();

        Frames(int connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean lastPart) {
            partial.append(data);
            if (lastPart) {
                String text = partial.toString();
                partial.setLength(0);
                receive(connection, new JsonObject(text));
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            fail();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            fail();
        }

        private void fail() {
            synchronized (ContractClient.this) {
                waiting.values().forEach(ack -> ack.completeExceptionally(new IllegalStateException("closed")));
            }
        }
    }
}

package chat.parlance.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link ContractClient}; what it brings after it was given up does not count. */
final class ContractConnection implements WebSocket.Listener {

    private static final int CONNECT_TIMEOUT_SECONDS = 3;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(CONNECT_TIMEOUT_SECONDS))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** The client of a connection. Each call may come on any thread. */
    interface Owner {

        /** Takes a frame. */
        void receive(ContractConnection from, JsonObject frame);

        /** Takes the code with which the server closes the connection. */
        void closed(int code);

        /** Forgets the connection; called once. */
        void gone(ContractConnection connection);
    }

    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final String address;
    private final Object lock;
    private final Owner owner;
    private @Nullable WebSocket socket;

    private ContractConnection(String address, Object lock, Owner owner) {
        this.address = address;
        this.lock = lock;
        this.owner = owner;
    }

    /**
     * Opens a connection.
     *
     * @param lock guards what the owner does with its connections
     * @throws CompletionException when the node cannot be reached or refuses the handshake
     */
    static ContractConnection open(String address, String token, Object lock, Owner owner) {
        ContractConnection opening = new ContractConnection(address, lock, owner);
        opening.socket = HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(CONNECT_TIMEOUT_SECONDS))
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://" + address + "/ws"), opening)
                .join();
        return opening;
    }

    String address() {
        return address;
    }

    /**
     * Waits until the client has joined its room by this connection, and gives the connection up when that fails.
     *
     * @throws CompletionException when the join is refused or the connection is lost
     */
    void awaitJoined(int timeoutSeconds) throws InterruptedException, TimeoutException {
        try {
            joined.get(timeoutSeconds, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            giveUp();
            throw new CompletionException(refused);
        } catch (TimeoutException silent) {
            giveUp();
            throw silent;
        }
    }

    /** The answer to the join. */
    CompletableFuture<Void> joined() {
        return joined;
    }

    boolean isGone() {
        return gone.isDone();
    }

    void awaitGone() {
        gone.join();
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
        synchronized (lock) {
            if (gone.isDone()) {
                return;
            }
            owner.gone(this);
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
            owner.receive(this, new JsonObject(text));
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        owner.closed(statusCode);
        giveUp();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        giveUp();
    }
}

package chat.parlance.bench;

import chat.parlance.error.StartupException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests to the measured node, one at a time. Blocks; not for event loops. */
final class BenchRest {

    private static final int TIMEOUT_SECONDS = 60;

    private final Vertx vertx;
    private final HttpClient client;
    private final String host;
    private final int port;

    /** @param address host:port */
    BenchRest(Vertx vertx, String address) {
        int colon = address.lastIndexOf(':');
        this.vertx = vertx;
        this.client = vertx.createHttpClient();
        this.host = address.substring(0, colon);
        this.port = Integer.parseInt(address.substring(colon + 1));
    }

    /**
     * Makes an account and logs it in.
     *
     * @return its access token
     */
    String logIn(String user) {
        JsonObject account = new JsonObject()
                .put("userId", user)
                .put("password", "a password of " + user)
                .put("name", "Bench");
        request(HttpMethod.POST, "/users", null, account);
        return request(HttpMethod.POST, "/sessions", null, account).getString("accessToken");
    }

    /**
     * @param path below the API's
     * @throws StartupException when the answer is no success
     */
    JsonObject request(HttpMethod method, String path, @Nullable String token, @Nullable JsonObject body) {
        return await(() -> client.request(method, port, host, "/api/v1" + path)
                .compose(request -> {
                    if (token != null) {
                        request.putHeader("Authorization", "Bearer " + token);
                    }
                    if (body != null) {
                        request.putHeader("Content-Type", "application/json");
                    }
                    return request.send(body == null ? Buffer.buffer() : body.toBuffer());
                })
                .compose(response -> response.body().map(answer -> {
                    if (response.statusCode() >= 300) {
                        throw new StartupException(path + " was answered with " + answer);
                    }
                    return answer.length() == 0 ? new JsonObject() : answer.toJsonObject();
                })));
    }

    /** Options of a connection with JSON frames. */
    WebSocketConnectOptions socket(String token) {
        return new WebSocketConnectOptions()
                .setHost(host)
                .setPort(port)
                .setURI("/ws")
                .putHeader("Authorization", "Bearer " + token);
    }

    /**
     * Runs work on an event loop and waits for its future: on another thread an answer could arrive before its handler
     * is set.
     */
    <T> T await(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(turn -> work.get().onComplete(done));
        return await(done.future());
    }

    /** Runs work on an event loop and waits for its result. Blocks. */
    static <T> T onLoop(Context loop, Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(turn -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException failed) {
                done.fail(failed);
            }
        });
        return await(done.future());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new StartupException("the bench failed: " + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw new StartupException("the bench was not answered within " + TIMEOUT_SECONDS + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted", interrupted);
        }
    }

    static void pause(long time, TimeUnit unit) {
        try {
            unit.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted", interrupted);
        }
    }
}

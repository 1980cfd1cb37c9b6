package chat.parlance.http;

import chat.parlance.json.JsonFields;
import chat.parlance.room.HistoryPage;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Request and response bodies in JSON. */
final class Responses {

    private static final String BODY = "parlance.body";

    @SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
    private record Answer(int status, byte[] json) {}

    private Responses() {}

    /** Stores the members of the request's body for {@link #body}. */
    static void put(RoutingContext context, JsonFields body) {
        context.put(BODY, body);
    }

    /** Members of the request's body, validated by the API description. */
    static JsonFields body(RoutingContext context) {
        return Objects.requireNonNull(context.get(BODY));
    }

    /** Answers with the result of the work, or with its failure. */
    static <T> void answer(RoutingContext context, int status, Future<T> work, Function<T, byte[]> encode) {
        answer(context, result -> status, work, encode);
    }

    /** The same with a status that depends on the result of the work. */
    static <T> void answer(
            RoutingContext context, ToIntFunction<T> status, Future<T> work, Function<T, byte[]> encode) {
        // Encoded in a map, because an exception of a listener would leave the request without an answer.
        work.map(result -> new Answer(status.applyAsInt(result), encode.apply(result)))
                .onSuccess(answer -> send(context, answer.status(), answer.json()))
                .onFailure(context::fail);
    }

    /** Answers with a page, whose encoded forms other readers may share. */
    static void answerPage(RoutingContext context, Future<HistoryPage> work, Function<HistoryPage, byte[]> encode) {
        work.map(page -> {
                    byte[] json = encode.apply(page);
                    return (Runnable) () -> {
                        begin(context, 200);
                        Compression.send(context, json, page.gzip());
                    };
                })
                .onSuccess(Runnable::run)
                .onFailure(context::fail);
    }

    /** Answers with JSON. */
    static void send(RoutingContext context, int status, byte[] json) {
        begin(context, status);
        Compression.send(context, json);
    }

    private static void begin(RoutingContext context, int status) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store");
    }

    /** Answers without a body. */
    static void answer(RoutingContext context, Future<Void> work) {
        work.onSuccess(done -> context.response().setStatusCode(204).end()).onFailure(context::fail);
    }
}

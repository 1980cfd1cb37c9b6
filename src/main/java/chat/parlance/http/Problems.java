package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.log.Faults;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;

/** Answers failures as problem documents (RFC 9457) with the code of the catalogue. */
final class Problems {

    private Problems() {}

    /** The failure handler of all routes. */
    static void answer(RoutingContext context) {
        ChatException failure = failure(context);
        ErrorCode code = failure.code();
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        Duration retryAfter = failure.retryAfter();
        if (retryAfter != null) {
            // In whole seconds (RFC 9110, 10.2.3), and not too early.
            context.response()
                    .putHeader(
                            "Retry-After",
                            String.valueOf(
                                    retryAfter.plusSeconds(1).minusNanos(1).toSeconds()));
        } else if (code.status() == 503) {
            context.response().putHeader("Retry-After", "1");
        } else if (code.status() == 401) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", code.title())
                .put("status", code.status())
                .put("detail", failure.detail())
                .put("code", code.code());
        if (retryAfter != null) {
            problem.put("retryAfterMs", retryAfter.toMillis());
        }
        context.response()
                .setStatusCode(code.status())
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.toBuffer());
    }

    private static ChatException failure(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ChatException known) {
            return known;
        }
        int status = failure instanceof HttpException http ? http.getStatusCode() : context.statusCode();
        return switch (status) {
            case 400 -> new ChatException(ErrorCode.BAD_REQUEST);
            case 404 -> new ChatException(ErrorCode.NOT_FOUND);
            case 405 -> new ChatException(ErrorCode.METHOD_NOT_ALLOWED);
            case 413 -> new ChatException(ErrorCode.TOO_LARGE);
            default ->
                failure == null
                        ? new ChatException(ErrorCode.INTERNAL)
                        : Faults.answer(context.request().method() + " " + context.normalizedPath(), failure);
        };
    }
}

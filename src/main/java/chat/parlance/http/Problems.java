package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.log.Faults;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.net.SocketException;

/** Answers failures of routes with a {@link ProblemDocument}. */
final class Problems {

    private Problems() {}

    /** The failure handler of all routes. */
    static void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        // The client is gone, or its request made the server close the connection.
        boolean closed = response.closed()
                || context.failure() instanceof HttpClosedException
                || context.failure() instanceof SocketException;
        if (!closed && !response.ended() && !response.headWritten()) {
            answer(response, ProblemDocument.of(failure(context)));
        }
    }

    static void answer(HttpServerResponse response, ProblemDocument problem) {
        problem.putHeaders(response.headers());
        response.setStatusCode(problem.code().status()).end(problem.body());
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
                        : Faults.answer(
                                context.request().method() + " " + context.normalizedPath(),
                                String.valueOf(context.request().remoteAddress()),
                                failure);
        };
    }
}

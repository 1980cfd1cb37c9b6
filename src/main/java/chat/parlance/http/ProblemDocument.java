package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answer to a request that failed, as RFC 9457 describes it, with the code of the catalogue. */
record ProblemDocument(
        ErrorCode code, String detail, @Nullable Duration retryAfter) {

    static ProblemDocument of(ErrorCode code) {
        return of(new ChatException(code));
    }

    static ProblemDocument of(ChatException failure) {
        return new ProblemDocument(failure.code(), failure.detail(), failure.retryAfter());
    }

    Buffer body() {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", code.title())
                .put("status", code.status())
                .put("detail", detail)
                .put("code", code.code());
        if (retryAfter != null) {
            problem.put("retryAfterMs", retryAfter.toMillis());
        }
        return problem.toBuffer();
    }

    void putHeaders(MultiMap headers) {
        headers.set("Content-Type", "application/problem+json");
        if (retryAfter != null) {
            // In whole seconds (RFC 9110, 10.2.3), and not too early.
            headers.set(
                    "Retry-After",
                    String.valueOf(retryAfter.plusSeconds(1).minusNanos(1).toSeconds()));
        } else if (code.status() == 503) {
            headers.set("Retry-After", "1");
        } else if (code.status() == 401) {
            headers.set("WWW-Authenticate", "Bearer");
        }
    }
}

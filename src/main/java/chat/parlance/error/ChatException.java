package chat.parlance.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request was refused or failed, with a code of the catalogue. It carries no stack trace: it is an answer to a
 * client, not a fault of the program.
 */
public final class ChatException extends RuntimeException {

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    public ChatException(ErrorCode code) {
        this(code, code.title());
    }

    /** @param detail what was wrong with this very request; reaches the client, so it holds no secret */
    public ChatException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    private ChatException(ErrorCode code, String detail, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The same request may succeed after a while. */
    public static ChatException retryLater(ErrorCode code, Duration retryAfter) {
        return new ChatException(code, code.title(), retryAfter);
    }

    /** A {@link ErrorCode#BAD_REQUEST} that says what was wrong. */
    public static ChatException badRequest(String detail) {
        return new ChatException(ErrorCode.BAD_REQUEST, detail);
    }

    /** What a client is told about any failure: its own code when it has one, else {@link ErrorCode#INTERNAL}. */
    public static ChatException of(Throwable failure) {
        return failure instanceof ChatException known ? known : new ChatException(ErrorCode.INTERNAL);
    }

    /** How long to wait before the next try, null when nothing is known of it. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    /** The detail for the client. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}

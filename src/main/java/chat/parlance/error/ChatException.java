package chat.parlance.error;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
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

    /** @param detail the problem of this request; reaches the client, so it must hold no secret */
    public ChatException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    private ChatException(ErrorCode code, String detail, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /**
     * Error after which the same request may succeed later. The pause is rounded up to whole milliseconds, the unit in which
     * clients get it: after a pause that was rounded down a retry would be refused again.
     */
    public static ChatException retryLater(ErrorCode code, Duration retryAfter) {
        return new ChatException(
                code, code.title(), retryAfter.plusMillis(1).minusNanos(1).truncatedTo(ChronoUnit.MILLIS));
    }

    /** A {@link ErrorCode#BAD_REQUEST} with its reason. */
    public static ChatException badRequest(String detail) {
        return new ChatException(ErrorCode.BAD_REQUEST, detail);
    }

    /**
     * Error that a client gets for any failure: the failure's own code if it has one, else {@link ErrorCode#INTERNAL}.
     */
    public static ChatException of(Throwable failure) {
        return failure instanceof ChatException known ? known : new ChatException(ErrorCode.INTERNAL);
    }

    /** Pause before a retry, null when unknown. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    /** Detail for the client. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}

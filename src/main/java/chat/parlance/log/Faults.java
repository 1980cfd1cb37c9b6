package chat.parlance.log;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults of the program: failures of requests without an error code. Each has an id, which the client gets and the log
 * shows with the stack trace. The id belongs to a place in the program, so a fault that fails a thousand requests is
 * logged once, and again after an hour; the others are counted by a {@link Condition}.
 *
 * <p>May be used from any thread.
 */
public final class Faults {

    static final long LOG_AGAIN_NS = TimeUnit.HOURS.toNanos(1);

    /** Limit of remembered ids; beyond it the one that was logged first is dropped. */
    static final int MAX_KNOWN = 200;

    /** Number of calls of a stack trace that identify a place. */
    private static final int CALLS = 12;

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final Faults OF_PROCESS = new Faults(
            LOG,
            Condition.of(LOG, "Requests fail unexpectedly", "No request fails unexpectedly any more"),
            System::nanoTime);

    private final Logger log;
    private final Condition repeated;
    private final LongSupplier nanoTime;
    private final LinkedHashMap<String, Long> loggedNs = new LinkedHashMap<>();

    Faults(Logger log, Condition repeated, LongSupplier nanoTime) {
        this.log = log;
        this.repeated = repeated;
        this.nanoTime = nanoTime;
    }

    /**
     * Answer to a failed request: the failure itself when it has a code, else {@code internal} with the id of the fault, which
     * is logged.
     *
     * @param request the request, for operators; no text of a message
     * @param connection address and port of the peer
     */
    public static ChatException answer(String request, String connection, Throwable failure) {
        return failure instanceof ChatException known ? known : OF_PROCESS.report(request, connection, failure);
    }

    ChatException report(String request, String connection, Throwable fault) {
        String id = id(fault);
        if (isToLog(id)) {
            log.atError()
                    .setCause(fault)
                    .addKeyValue("fault", id)
                    .addKeyValue("request", request)
                    .addKeyValue("connection", connection)
                    .log("A request failed unexpectedly");
        } else {
            repeated.occurred("fault " + id + " of " + request + " on the connection of " + connection);
        }
        return new ChatException(ErrorCode.INTERNAL, "The server failed. Its log has the reason as fault " + id + ".");
    }

    private synchronized boolean isToLog(String id) {
        long now = nanoTime.getAsLong();
        Long before = loggedNs.get(id);
        if (before != null && now - before < LOG_AGAIN_NS) {
            return false;
        }
        loggedNs.remove(id);
        loggedNs.put(id, now);
        if (loggedNs.size() > MAX_KNOWN) {
            loggedNs.pollFirstEntry();
        }
        return true;
    }

    private static String id(Throwable fault) {
        int place = 0;
        for (Throwable cause : new Throwable[] {fault, innermost(fault)}) {
            place = 31 * place + cause.getClass().getName().hashCode();
            StackTraceElement[] calls = cause.getStackTrace();
            for (int i = 0; i < Math.min(CALLS, calls.length); i++) {
                place = 31 * place + calls[i].hashCode();
            }
        }
        return "%08x".formatted(place);
    }

    private static Throwable innermost(Throwable fault) {
        Throwable innermost = fault;
        // A chain of causes may be a circle.
        for (int depth = 0; depth < CALLS; depth++) {
            Throwable cause = innermost.getCause();
            if (cause == null) {
                return innermost;
            }
            innermost = cause;
        }
        return innermost;
    }
}

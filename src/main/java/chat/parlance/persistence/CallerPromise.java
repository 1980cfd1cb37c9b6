package chat.parlance.persistence;

import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;

/** Promises that are completed on the caller's context, whichever context has the outcome. */
final class CallerPromise {

    private CallerPromise() {}

    /** Creates a promise for the current context, or for none when the calling thread has none. */
    static <T> Promise<T> make() {
        ContextInternal caller = ContextInternal.current();
        return caller == null ? Promise.promise() : caller.promise();
    }
}

package chat.parlance.persistence;

import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;

/** Promises whose outcome comes to the context that asked, whichever context has it. */
final class CallerPromise {

    private CallerPromise() {}

    /** A promise for the current context; for one of no context when a thread of none asks. */
    static <T> Promise<T> make() {
        ContextInternal caller = ContextInternal.current();
        return caller == null ? Promise.promise() : caller.promise();
    }
}

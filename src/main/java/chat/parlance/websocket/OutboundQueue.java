package chat.parlance.websocket;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What one reader may leave waiting: says when it is too far behind and has to be cut, and when it has taken in enough to
 * be given more. The bytes themselves wait in the {@link Outlet}. Belongs to one event loop.
 */
final class OutboundQueue {

    /** Where the bytes wait until the reader takes them in. */
    interface Outlet {

        /** How many bytes were written and have not left yet. */
        long pendingBytes();

        /** False from when more waits than a high-water mark until less waits than a low-water mark. */
        boolean isWritable();
    }

    private final Outlet outlet;
    private final int limitBytes;
    private final Executor loop;
    private @Nullable Promise<Void> drained;

    /**
     * @param limitBytes how much may wait when another frame is written
     * @param loop where those who wait for the reader are told
     */
    OutboundQueue(Outlet outlet, int limitBytes, Executor loop) {
        this.outlet = outlet;
        this.limitBytes = limitBytes;
        this.loop = loop;
    }

    /**
     * Whether the reader is too far behind for another frame, and has to be cut. How long the frame itself is makes no
     * difference, for then a reader who has taken in all could be cut, and again at each resume.
     */
    boolean isFull() {
        return outlet.pendingBytes() > limitBytes;
    }

    /** Completes when the reader has taken in most of what was written; never when it is gone. */
    Future<Void> writable() {
        if (outlet.isWritable()) {
            return Future.succeededFuture();
        }
        if (drained == null) {
            drained = Promise.promise();
        }
        return drained.future();
    }

    /** To be called when {@link Outlet#isWritable} has changed. */
    void writabilityChanged() {
        Promise<Void> waiting = drained;
        if (waiting != null && outlet.isWritable()) {
            drained = null;
            loop.execute(waiting::complete);
        }
    }
}

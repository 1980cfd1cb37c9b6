package chat.parlance.websocket;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Limit of the bytes queued for one reader: detects a reader that is too far behind and must be cut, and one that has
 * received enough to be given more. The {@link Outlet} holds the bytes. Belongs to one event loop.
 */
final class OutboundQueue {

    /** Holder of the queued bytes. */
    interface Outlet {

        /** Number of bytes that were written and not sent yet. */
        long pendingBytes();

        /** False from when more bytes are queued than a high-water mark until fewer are than a low-water mark. */
        boolean isWritable();
    }

    private final Outlet outlet;
    private final int limitBytes;
    private final Executor loop;
    private @Nullable Promise<Void> drained;

    /**
     * @param limitBytes the most bytes that may be queued when another frame is written
     * @param loop executor of callbacks
     */
    OutboundQueue(Outlet outlet, int limitBytes, Executor loop) {
        this.outlet = outlet;
        this.limitBytes = limitBytes;
        this.loop = loop;
    }

    /**
     * True when the reader is too far behind for another frame, and must be cut. The length of the frame itself does
     * not count: otherwise a reader that has received everything could be cut, and again at each resume.
     */
    boolean isFull() {
        return outlet.pendingBytes() > limitBytes;
    }

    /** Bytes that are queued for the reader. */
    long pendingBytes() {
        return outlet.pendingBytes();
    }

    /** Completes when the reader has received most of what was written; never when it is gone. */
    Future<Void> writable() {
        if (outlet.isWritable()) {
            return Future.succeededFuture();
        }
        if (drained == null) {
            drained = Promise.promise();
        }
        return drained.future();
    }

    /** Called when {@link Outlet#isWritable} has changed. */
    void writabilityChanged() {
        Promise<Void> waiting = drained;
        if (waiting != null && outlet.isWritable()) {
            drained = null;
            loop.execute(waiting::complete);
        }
    }
}

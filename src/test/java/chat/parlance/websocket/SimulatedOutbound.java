package chat.parlance.websocket;

import io.vertx.core.Future;
import java.util.concurrent.Executor;

/** The real outbound queue of one connection, over a simulated socket, with water marks like Netty's. */
public final class SimulatedOutbound implements OutboundQueue.Outlet {

    private static final int LIMIT_BYTES = 2000;
    private static final int HIGH_WATER_BYTES = 1000;
    private static final int LOW_WATER_BYTES = 500;

    private final OutboundQueue queue;
    private long pendingBytes;
    private boolean writable = true;

    /** @param loop the event loop that the connection belongs to */
    public SimulatedOutbound(Executor loop) {
        queue = new OutboundQueue(this, LIMIT_BYTES, loop);
    }

    /** @return false when the frame is not written, because the reader must be cut */
    public boolean write(int bytes) {
        if (queue.isFull()) {
            return false;
        }
        if (pendingBytes > LIMIT_BYTES) {
            throw new IllegalStateException(pendingBytes + " bytes wait, and more may come");
        }
        pendingBytes += bytes;
        writable = writable && pendingBytes <= HIGH_WATER_BYTES;
        return true;
    }

    /** The reader has read that many bytes. */
    public void taken(int bytes) {
        pendingBytes -= bytes;
        if (!writable && pendingBytes < LOW_WATER_BYTES) {
            writable = true;
            queue.writabilityChanged();
        }
    }

    /** See {@link OutboundQueue#writable}. */
    public Future<Void> drained() {
        return queue.writable();
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }
}

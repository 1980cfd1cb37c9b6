package chat.parlance.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import com.hazelcast.internal.nio.IOUtil;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Writes this side of a {@link JoinExchange}, queues the member's packets until the other side has proved itself, and
 * is then replaced by the handlers that write them.
 */
final class JoinEncoder extends OutboundHandler<Void, ByteBuffer> {

    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private OutboundHandler<?, ?>[] next = {};

    /** @param opening the first bytes to write */
    JoinEncoder(byte[] opening) {
        waiting.add(opening);
    }

    /** Writes more. May be called from any thread. */
    void send(byte[] bytes) {
        synchronized (waiting) {
            waiting.add(bytes);
        }
        channel.outboundPipeline().wakeup();
    }

    /** Writes the last bytes, and then packets. May be called from any thread. */
    void finish(byte[] last, OutboundHandler<?, ?>... handlers) {
        synchronized (waiting) {
            waiting.add(last);
            next = handlers;
        }
        channel.outboundPipeline().wakeup();
    }

    @Override
    public void handlerAdded() {
        initDstBuffer(JoinExchange.GREETING_BYTES + JoinExchange.ANSWER_BYTES);
    }

    /** See {@link JoinDecoder}. */
    @Override
    public void interceptError(Throwable error) throws EOFException {
        throw new EOFException("closed before the cluster's secret was proved: " + error);
    }

    @Override
    public HandlerStatus onWrite() {
        IOUtil.compactOrClear(dst);
        try {
            synchronized (waiting) {
                while (!waiting.isEmpty() && waiting.element().length <= dst.remaining()) {
                    dst.put(waiting.remove());
                }
                if (dst.position() > 0) {
                    return HandlerStatus.DIRTY;
                }
                if (next.length == 0) {
                    return HandlerStatus.BLOCKED;
                }
                channel.outboundPipeline().replace(this, next);
                return HandlerStatus.CLEAN;
            }
        } finally {
            dst.flip();
        }
    }
}

package chat.parlance.websocket;

import chat.parlance.protocol.JsonCodec;
import chat.parlance.protocol.LineCodec;
import chat.parlance.room.EventBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The batch that is being handed out, as complete WebSocket frames: encoded once a language, however many connections
 * get it. Frames of a server are not masked (RFC 6455, 5.1), so the very same bytes go to all.
 */
final class SharedFrames {

    private final Map<Subprotocol, ByteBuf> frames = new EnumMap<>(Subprotocol.class);
    private @Nullable EventBatch current;

    /** The frame of a batch, as a duplicate for one write, which releases it. */
    ByteBuf frame(EventBatch batch, Subprotocol subprotocol) {
        if (current != batch) {
            clear();
            current = batch;
        }
        return frames.computeIfAbsent(subprotocol, language -> frame(encode(batch, language)))
                .retainedDuplicate();
    }

    /** Lets go of the last batch. */
    void clear() {
        frames.values().forEach(ByteBuf::release);
        frames.clear();
        current = null;
    }

    /** An unmasked, final text frame (RFC 6455, 5.2). */
    static ByteBuf frame(byte[] payload) {
        int length = payload.length;
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(length + 10);
        frame.writeByte(0x81);
        if (length < 126) {
            frame.writeByte(length);
        } else if (length < 1 << 16) {
            frame.writeByte(126).writeShort(length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
        return frame.writeBytes(payload);
    }

    private static byte[] encode(EventBatch batch, Subprotocol subprotocol) {
        return switch (subprotocol) {
            case JSON -> JsonCodec.encodeEvents(batch.room(), batch.events());
            case LINES -> LineCodec.encodeEvents(batch.events());
        };
    }
}

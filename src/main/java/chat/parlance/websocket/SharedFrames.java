package chat.parlance.websocket;

import chat.parlance.protocol.JsonCodec;
import chat.parlance.protocol.LineCodec;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches and signals as complete WebSocket frames: encoded once a language, for any number of connections. Frames of a
 * server are not masked (RFC 6455, 5.1), so all connections get the same bytes.
 */
final class SharedFrames {

    private final Map<Subprotocol, ByteBuf> frames = new EnumMap<>(Subprotocol.class);
    private final int typingExpiresMs;
    private @Nullable Object current;

    /** @param typingExpiresMs time that a client shows a typing notice */
    SharedFrames(int typingExpiresMs) {
        this.typingExpiresMs = typingExpiresMs;
    }

    /** Frame of a batch, as a duplicate for one write, which releases it. */
    ByteBuf frame(EventBatch batch, Subprotocol subprotocol) {
        return shared(batch, subprotocol, () -> encode(batch, subprotocol));
    }

    /** Frame of a signal, as a duplicate for one write; for JSON clients alone. */
    ByteBuf frame(Signal.Shown signal) {
        return shared(signal, Subprotocol.JSON, () -> JsonCodec.encode(frameOf(signal)));
    }

    /** Frame with the presence in a room, as a duplicate for one write. */
    ByteBuf frame(RoomPresence presence) {
        ServerFrame.Presence frame = new ServerFrame.Presence(
                presence.room(), presence.count(), presence.users(), presence.arrived(), presence.departed());
        return shared(presence, Subprotocol.JSON, () -> JsonCodec.encode(frame));
    }

    @SuppressWarnings("ReferenceEquality") // The same instance is sent to one connection after the other.
    private ByteBuf shared(Object handedOut, Subprotocol subprotocol, Supplier<byte[]> encoded) {
        if (current != handedOut) {
            clear();
            current = handedOut;
        }
        return frames.computeIfAbsent(subprotocol, language -> frame(encoded.get()))
                .retainedDuplicate();
    }

    private ServerFrame frameOf(Signal.Shown signal) {
        return switch (signal) {
            case Signal.Typing typing -> new ServerFrame.Typing(typing.room(), typing.user(), typingExpiresMs);
            case Signal.RoomPreferred preferred ->
                new ServerFrame.RoomPreferred(preferred.room(), preferred.preferences());
            case Signal.UserPreferred preferred -> new ServerFrame.UserPreferred(preferred.preferences());
            case Signal.Read read -> new ServerFrame.Read(null, read.marker());
            case Signal.Saved saved -> new ServerFrame.Saved(saved.mark());
            case Signal.ThreadState thread -> new ServerFrame.ThreadState(thread.marker());
        };
    }

    /** Releases the frames that were sent last. */
    void clear() {
        frames.values().forEach(ByteBuf::release);
        frames.clear();
        current = null;
    }

    /** A final, unmasked text frame (RFC 6455, 5.2). */
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
            case LINES -> LineCodec.encodeEvents(batch.events()).bytes();
        };
    }
}

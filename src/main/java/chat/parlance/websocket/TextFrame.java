package chat.parlance.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Final, unmasked text frame (RFC 6455, 5.2). Frames of a server are not masked (5.1), so all connections can get the
 * same bytes.
 */
final class TextFrame {

    private static final int MAX_HEADER_BYTES = 10;

    private TextFrame() {}

    static ByteBuf of(byte[] text) {
        int length = text.length;
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(length + MAX_HEADER_BYTES);
        frame.writeByte(0x81);
        if (length < 126) {
            frame.writeByte(length);
        } else if (length < 1 << 16) {
            frame.writeByte(126).writeShort(length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
        return frame.writeBytes(text);
    }
}

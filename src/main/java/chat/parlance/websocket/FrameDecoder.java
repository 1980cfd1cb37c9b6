package chat.parlance.websocket;

import chat.parlance.connection.ConnectionLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Netty's decoder, which checks each frame, with checks of a message over its frames. The checks read the bytes before
 * Netty's decoder, which waits until a frame is complete: a message beyond its limits is refused at the header of its
 * frame, and text at its first byte that is not UTF-8. Belongs to one event loop.
 */
final class FrameDecoder extends WebSocket13FrameDecoder {

    private static final int MAX_HEADER_BYTES = 14;
    private static final int MASK_BYTES = 4;

    /** The high bits of eight bytes, which no byte of ASCII has. */
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;

    private final ConnectionLimits.Messages limits;
    private final Utf8Check utf8 = new Utf8Check();

    // The frame that is being received.
    private final ByteBuffer header = ByteBuffer.allocate(MAX_HEADER_BYTES);
    private int headerBytes;
    private boolean headerChecked;
    private int decodedBytes;
    private long payloadBytes;

    // The message that the frame belongs to, unless it is a control frame.
    private boolean open;
    private boolean text;
    private long messageBytes;
    private int fragments;

    private boolean closed;

    FrameDecoder(ConnectionLimits.Messages limits) {
        // Netty would close the socket at once, and a reset can cost the peer the close code.
        super(WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limits.maxMessageBytes())
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .build());
        this.limits = limits;
    }

    @Override
    protected void decode(ChannelHandlerContext handler, ByteBuf in, List<Object> out) throws Exception {
        if (!closed) {
            receiveHeader(in);
            if (headerBytes == headerLength() && isSound()) {
                checkMessage();
                checkText(in);
            }
        }
        int frames = out.size();
        int begin = in.readerIndex();
        super.decode(handler, in, out);
        decodedBytes += in.readerIndex() - begin;
        if (out.size() > frames) {
            endFrame();
        }
    }

    /** Copies the header as it arrives; Netty's decoder may have read a part of it already. */
    private void receiveHeader(ByteBuf in) {
        int frame = in.readerIndex() - decodedBytes;
        while (headerBytes < headerLength() && frame + headerBytes < in.writerIndex()) {
            header.put(headerBytes, in.getByte(frame + headerBytes));
            headerBytes++;
        }
    }

    private int headerLength() {
        if (headerBytes < 2) {
            return 2;
        }
        int length = 2 + (isMasked() ? MASK_BYTES : 0);
        return switch (shortLength()) {
            case 126 -> length + Short.BYTES;
            case 127 -> length + Long.BYTES;
            default -> length;
        };
    }

    private long payloadLength() {
        return switch (shortLength()) {
            case 126 -> Short.toUnsignedInt(header.getShort(2));
            case 127 -> header.getLong(2);
            default -> shortLength();
        };
    }

    private int shortLength() {
        return header.get(1) & 0x7f;
    }

    private boolean isMasked() {
        return (header.get(1) & 0x80) != 0;
    }

    private boolean isFinal() {
        return (header.get(0) & 0x80) != 0;
    }

    private int opcode() {
        return header.get(0) & 0x0f;
    }

    /** True for a data frame that Netty's decoder will accept; Netty refuses or handles the others. */
    private boolean isSound() {
        boolean reserved = (header.get(0) & 0x70) != 0;
        boolean inTurn = open ? opcode() == CONTINUATION : opcode() == TEXT || opcode() == BINARY;
        return inTurn && !reserved && isMasked();
    }

    private void checkMessage() {
        if (headerChecked) {
            return;
        }
        headerChecked = true;
        if (!open) {
            text = opcode() == TEXT;
            messageBytes = 0;
            fragments = 0;
            utf8.reset();
        }
        messageBytes += payloadLength();
        fragments++;
        if (messageBytes > limits.maxMessageBytes()) {
            throw violation(WebSocketCloseStatus.MESSAGE_TOO_BIG, "The message is too long");
        }
        if (fragments > limits.maxFragments()) {
            throw violation(WebSocketCloseStatus.POLICY_VIOLATION, "The message has too many fragments");
        }
    }

    private void checkText(ByteBuf in) {
        if (!text) {
            return;
        }
        int payload = in.readerIndex() - decodedBytes + headerBytes;
        long length = payloadLength();
        long arrived = Math.min(length, in.writerIndex() - payload);
        int mask = header.getInt(headerBytes - MASK_BYTES);
        while (payloadBytes < arrived) {
            int at = payload + (int) payloadBytes;
            if (arrived - payloadBytes >= Long.BYTES && isWordOfAscii(in, at, mask)) {
                payloadBytes += Long.BYTES;
            } else if (utf8.take((in.getByte(at) ^ maskByte(mask)) & 0xff)) {
                payloadBytes++;
            } else {
                throw violation(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "The text is not UTF-8");
            }
        }
        if (payloadBytes == length && isFinal() && !utf8.isWhole()) {
            throw violation(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "The text ends within a character");
        }
    }

    /** True for eight bytes of ASCII that begin at a character and at the first byte of the mask; most text is of these. */
    private boolean isWordOfAscii(ByteBuf in, int at, int mask) {
        if (!utf8.isWhole() || payloadBytes % MASK_BYTES != 0) {
            return false;
        }
        long masks = Integer.toUnsignedLong(mask);
        return ((in.getLong(at) ^ (masks << Integer.SIZE | masks)) & NOT_ASCII) == 0;
    }

    private int maskByte(int mask) {
        int following = MASK_BYTES - 1 - (int) (payloadBytes % MASK_BYTES);
        return mask >>> (following * Byte.SIZE);
    }

    private void endFrame() {
        if (opcode() < CLOSE) {
            open = !isFinal();
        }
        closed = opcode() == CLOSE;
        headerBytes = 0;
        headerChecked = false;
        decodedBytes = 0;
        payloadBytes = 0;
    }

    private static CorruptedWebSocketFrameException violation(WebSocketCloseStatus status, String reason) {
        return new CorruptedWebSocketFrameException(status, reason);
    }
}

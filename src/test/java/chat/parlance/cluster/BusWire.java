package chat.parlance.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;

/** Frames as the event bus of Vert.x writes them, for peers that are no nodes. */
final class BusWire {

    static final int CODEC_PING = 1;
    static final int CODEC_BUFFER = 11;
    static final int CODEC_JSON = 13;
    static final int CODEC_FAILURE = 15;
    static final int CODEC_SERIALIZED = 17;
    private static final int CODEC_NAMED = -1;
    private static final int VERSION = 2;

    private BusWire() {}

    static byte[] ping() {
        return bytes(frame(CODEC_PING, "", "__vertx_ping", new byte[0]));
    }

    /** A message whose body is a buffer, as most are. */
    static byte[] message(String address, Buffer body) {
        return bytes(frame(CODEC_BUFFER, "", address, sized(body.getBytes())));
    }

    /** A message whose codec has a name. */
    static byte[] named(String codecName, String address, Buffer body) {
        return bytes(frame(CODEC_NAMED, codecName, address, body.getBytes()));
    }

    static ByteBuf frame(int codec, String codecName, String address, byte[] body) {
        ByteBuf frame = Unpooled.buffer().writeInt(0).writeByte(VERSION).writeByte(codec);
        if (codec == CODEC_NAMED) {
            name(frame, codecName);
        }
        frame.writeByte(0);
        name(frame, address);
        name(frame, "");
        name(frame, "a-node");
        frame.writeInt(Integer.BYTES).writeBytes(body);
        return frame.setInt(0, frame.readableBytes() - Integer.BYTES);
    }

    /** The body of a message that is a buffer. */
    static byte[] sized(byte[] bytes) {
        return Buffer.buffer().appendInt(bytes.length).appendBytes(bytes).getBytes();
    }

    private static void name(ByteBuf frame, String name) {
        frame.writeInt(name.length()).writeBytes(name.getBytes(UTF_8));
    }

    private static byte[] bytes(ByteBuf frame) {
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        return bytes;
    }
}

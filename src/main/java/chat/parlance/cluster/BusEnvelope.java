package chat.parlance.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.bus.BusAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Envelope of a message on the event bus, as Vert.x writes it (version 2): the codec, send or publish, address, reply
 * address, sender, headers, body. Vert.x allocates arrays of any length that it reads there and decodes by any codec
 * that is named, serialized Java objects too; so a frame is checked before Vert.x receives it, and only messages that
 * nodes send pass.
 */
final class BusEnvelope {

    private static final int VERSION = 2;
    private static final int CODEC_PING = 1;
    private static final int CODEC_BUFFER = 11;
    private static final int CODEC_REPLY_EXCEPTION = 15;
    private static final int CODEC_NAMED = -1;
    private static final int NO_HEADERS = Integer.BYTES;

    /** Limit of a name, address or node id; all real ones are shorter. */
    private static final int MAX_NAME_BYTES = 256;

    private static final String OURS = "parlance.";
    private static final String REPLY = "__vertx.reply.";
    private static final String PING = "__vertx_ping";

    private final ByteBuf frame;
    private int position;

    private BusEnvelope(ByteBuf frame) {
        this.frame = frame;
        this.position = frame.readerIndex() + Integer.BYTES;
    }

    /**
     * Checks a frame, which begins with its length.
     *
     * @return the reason for a refusal, null for a good frame
     */
    static @Nullable String check(ByteBuf frame) {
        try {
            return new BusEnvelope(frame).check();
        } catch (IndexOutOfBoundsException cut) {
            return "a truncated frame";
        }
    }

    private @Nullable String check() {
        if (octet() != VERSION) {
            return "a frame of another version of the bus";
        }
        int codec = octet();
        String codecName = codec == CODEC_NAMED ? name() : "";
        octet();
        String address = name();
        name();
        name();
        if (!carries(address, codec, codecName)) {
            return "codec " + codec + " " + codecName + " at " + address;
        }
        if (number() != NO_HEADERS) {
            return "a frame with headers";
        }
        return bodyIsWhole(codec) ? null : "a body of another length";
    }

    /**
     * True when the address may carry this kind of message: each has one kind, and answers belong to an append or
     * report a failure.
     */
    private static boolean carries(String address, int codec, String codecName) {
        if (address.equals(PING)) {
            return codec == CODEC_PING;
        } else if (address.startsWith(REPLY)) {
            return codec == CODEC_REPLY_EXCEPTION || (codec == CODEC_NAMED && codecName.startsWith(OURS));
        } else if (address.equals(BusAddress.APPEND)) {
            return codec == CODEC_NAMED && codecName.startsWith(OURS);
        }
        return address.startsWith(OURS) && codec == CODEC_BUFFER;
    }

    /**
     * True when the body has the right length. Vert.x's own codecs trust the lengths in the body; named codecs check
     * them themselves.
     */
    private boolean bodyIsWhole(int codec) {
        return switch (codec) {
            case CODEC_PING -> left() == 0;
            case CODEC_BUFFER -> number() == left();
            case CODEC_REPLY_EXCEPTION -> {
                octet();
                number();
                yield octet() == 0 ? left() == 0 : number() == left();
            }
            default -> true;
        };
    }

    private int left() {
        return frame.writerIndex() - position;
    }

    private int octet() {
        int value = frame.getByte(position);
        position += Byte.BYTES;
        return value;
    }

    private int number() {
        int value = frame.getInt(position);
        position += Integer.BYTES;
        return value;
    }

    private String name() {
        int length = number();
        if (length < 0 || length > MAX_NAME_BYTES || length > left()) {
            throw new IndexOutOfBoundsException("length " + length);
        }
        String name = frame.toString(position, length, UTF_8);
        position += length;
        return name;
    }
}

package chat.parlance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.connection.ConnectionLimits;
import chat.parlance.testing.FrameBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameDecoderTest {

    private static final long SEED = 15;
    private static final int CUTS = 50;
    private static final String LONG_TEXT = "twenty-seven bytes of ASCII";

    /** Limits: messages of at most 300 bytes and 4 fragments. */
    private static final ConnectionLimits.Messages LIMITS = new ConnectionLimits.Messages(300, 4, 1_000);

    /** Frames and the close code at their end, 0 for none. Masks are not zero, so that they matter. */
    @ParameterizedTest
    @CsvSource({
        "0, 8182 01020304 c3bf, two bytes that are UTF-8 when masked only",
        "1007, 8182 01020304 c229, two bytes that are no UTF-8 when unmasked",
        "0, 0181 05060708 c6 8081 01020304 be, a character over two fragments",
        "1002, 0181 05060708 c6 8900 8081 01020304 be, an unmasked ping",
        "0, 0181 05060708 c6 8980 01020304 8081 01020304 be, a ping between fragments",
        "0, 0282 01020304 c229 8080 01020304, binary is no text",
        "1007, 0282 01020304 c229 8080 01020304 8182 01020304 c229, text after binary",
        "0, 81fe 012c 00000000 (61)x300, the longest frame",
        "1009, 81fe 012d 00000000, a frame that is too long",
        "1009, 0180 00000000 80fe 012d 00000000, a fragment that is too long",
        "1009, 0181 00000000 61 80fe 012c 00000000, fragments that are too long together",
        "0, 0181 00000000 61 80fe 012b 00000000 (61)x299, fragments of the longest message",
        "0, 0180 00000000 0080 00000000 0080 00000000 8080 00000000, four fragments",
        "1008, 0180 00000000 0080 00000000 0080 00000000 0080 00000000 8080 00000000, five fragments",
        "1002, 0181 00000000 61 8181 00000000 62, a message within a message",
        "1002, 8180 00000000 8080 00000000, a continuation after the end",
        "1002, c182 01020304 c229, a reserved bit before bad text",
        "1002, 8382 01020304 c229, a reserved opcode before bad text",
        "0, 8880 01020304 8182 01020304 c229, bytes after a close frame",
    })
    void shouldJudgeFramesAlikeHoweverTheyAreCut(int code, String frames, String name) {
        byte[] bytes = FrameBytes.of(frames);
        Outcome whole = decode(bytes, new Random(SEED), bytes.length);
        assertThat(whole.code()).as(name).isEqualTo(code);
        assertThat(decode(bytes, new Random(SEED), 1)).as("byte by byte").isEqualTo(whole);
        Random random = new Random(SEED);
        for (int i = 0; i < CUTS; i++) {
            assertThat(decode(bytes, random, 1 + random.nextInt(bytes.length)))
                    .as("%s, cut %d by seed %d", name, i, SEED)
                    .isEqualTo(whole);
        }
    }

    /** A decoder looks at words of ASCII as a whole, so each place of a word is tried. */
    @Test
    void shouldJudgeEachByteOfALongText() {
        for (int place = 0; place < LONG_TEXT.length() - 1; place++) {
            assertThat(codeOf(longText(place, 0xc3, 0xbf)))
                    .as("a character at %d", place)
                    .isZero();
            assertThat(codeOf(longText(place, 0xff)))
                    .as("no UTF-8 at %d", place)
                    .isEqualTo(1007);
            assertThat(codeOf(longText(place, 0xc3)))
                    .as("half a character at %d", place)
                    .isEqualTo(1007);
        }
        assertThat(codeOf(longText(LONG_TEXT.length() - 1, 0xc3)))
                .as("half a character at the end")
                .isEqualTo(1007);
    }

    private static byte[] longText(int place, int... bytes) {
        byte[] text = LONG_TEXT.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            text[place + i] = (byte) bytes[i];
        }
        return text;
    }

    /** Decodes a text whole and in pieces. */
    private static int codeOf(byte[] text) {
        byte[] mask = {0x01, (byte) 0x82, 0x03, (byte) 0xff};
        ByteBuf frame =
                Unpooled.buffer().writeByte(0x81).writeByte(0x80 | text.length).writeBytes(mask);
        for (int i = 0; i < text.length; i++) {
            frame.writeByte(text[i] ^ mask[i % mask.length]);
        }
        byte[] bytes = ByteBufUtil.getBytes(frame);
        Outcome whole = decode(bytes, new Random(SEED), bytes.length);
        assertThat(decode(bytes, new Random(SEED), 11)).isEqualTo(whole);
        return whole.code();
    }

    /** The frame is refused before all of it has arrived. */
    @ParameterizedTest
    @CsvSource({
        "1007, 81fe 0100 01020304 c229, bad text at the begin of a frame",
        "1007, 0181 00000000 61 80fe 0100 01020304 6160636480c2, bad text at the begin of a fragment",
        "1009, 0181 00000000 61 80fe 012c 00000000, the header of a fragment",
        "1009, 82ff 0000010000000000, a length of 2^40",
        "1002, 82ff ffffffffffffffff, a negative length",
    })
    void shouldRefuseAFrameBeforeItIsComplete(int code, String frames, String name) {
        assertThat(decode(FrameBytes.of(frames), new Random(SEED), 1).code())
                .as(name)
                .isEqualTo(code);
    }

    /** Frames that were decoded, then the code of the violation, 0 for none. */
    private record Outcome(List<String> frames, int code) {}

    /** @param most the most bytes that arrive at once */
    private static Outcome decode(byte[] bytes, Random random, int most) {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(LIMITS));
        int code = 0;
        int at = 0;
        while (code == 0 && at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(most));
            try {
                channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
            } catch (CorruptedWebSocketFrameException violation) {
                code = violation.closeStatus().code();
            }
            at += length;
        }
        List<String> frames = new ArrayList<>();
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            ByteBuf content = frame.content();
            frames.add(frame.getClass().getSimpleName()
                    + frame.isFinalFragment()
                    + content.toString(StandardCharsets.ISO_8859_1));
            frame.release();
        }
        return new Outcome(frames, code);
    }
}

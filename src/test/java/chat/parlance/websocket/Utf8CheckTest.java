package chat.parlance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8CheckTest {

    private static final long SEED = 15;
    private static final int TEXTS = 200_000;

    /** Bytes at the borders of the ranges of table 3-7, so that random texts are often well-formed, or nearly. */
    private static final int[] BORDERS = {
        0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef,
        0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };

    private final Utf8Check check = new Utf8Check();

    @Test
    void shouldAcceptAndRefuseTheTextsThatTheJdkDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = new byte[random.nextInt(1, 7)];
            for (int at = 0; at < text.length; at++) {
                text[at] = (byte) BORDERS[random.nextInt(BORDERS.length)];
            }
            assertThat(isAccepted(text))
                    .as(() -> HexFormat.of().formatHex(text))
                    .isEqualTo(isDecoded(text));
        }
    }

    private boolean isAccepted(byte[] text) {
        check.reset();
        for (byte next : text) {
            if (!check.take(next & 0xff)) {
                return false;
            }
        }
        return check.isWhole();
    }

    private static boolean isDecoded(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}

package chat.parlance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StampTest {

    private static final long LARGEST = (1L << 48) - 1;

    @Test
    void shouldBeTheBase64OfItsSixBytes() {
        byte[] bytes = new byte[6];
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            random.nextBytes(bytes);
            String text = Base64.getUrlEncoder().encodeToString(bytes);
            assertThat(Stamp.parse(text).toString()).isEqualTo(text);
        }
        assertThat(new Stamp(LARGEST).toString()).isEqualTo("________");
        assertThat(Stamp.parse("AAAAAAAB")).isEqualTo(new Stamp(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAAAAA", "AAAAAAAAA", "AAAAAAA=", "AAAA AAA", "AAAAAAA+", "AAAAAAA/", "AAAAAAAé"})
    void shouldRefuseAMalformedStamp(String text) {
        assertThatThrownBy(() -> Stamp.parse(text)).isInstanceOf(ChatException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, LARGEST + 1, Long.MAX_VALUE})
    void shouldHaveFortyEightBits(long value) {
        assertThatThrownBy(() -> new Stamp(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeMissingBeforeTheFirstEventAndNowhereElse() {
        assertThat(Cursor.START.seq()).isZero();
        assertThatThrownBy(() -> new Cursor(1, Stamp.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cursor(0, new Stamp(1))).isInstanceOf(IllegalArgumentException.class);
    }
}

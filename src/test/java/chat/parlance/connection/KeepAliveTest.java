package chat.parlance.connection;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.connection.KeepAlive.Beat;
import org.junit.jupiter.api.Test;

/** Presence of a peer, by a clock of the test. */
final class KeepAliveTest {

    private static final int PING_MS = 6_000;
    private static final int PONG_MS = 10_000;

    private final KeepAlive pulse = new KeepAlive(new ConnectionLimits.Pings(PING_MS, PONG_MS, 1), 12_000, 0, 0);

    @Test
    void shouldGiveUpAPeerThatDoesNotAnswerAPing() {
        assertThat(pulse.tick(PING_MS)).isEqualTo(Beat.PING);
        pulse.heard(PING_MS);
        assertThat(pulse.tick(PING_MS + PONG_MS - 1)).isEqualTo(Beat.NOTHING);
        assertThat(pulse.tick(PING_MS + PONG_MS)).isEqualTo(Beat.GIVE_UP);
    }

    @Test
    void shouldWaitForAPongBehindHeldLines() {
        assertThat(pulse.tick(PING_MS)).isEqualTo(Beat.PING);
        long nowMs = PING_MS;
        for (int line = 0; line < 600; line++) {
            nowMs += 100;
            pulse.held(nowMs);
            assertThat(pulse.tick(nowMs)).isEqualTo(Beat.NOTHING);
        }
        assertThat(pulse.tick(nowMs + PONG_MS)).isEqualTo(Beat.GIVE_UP);
    }

    @Test
    void shouldPingOnWhileLinesAreHeldBack() {
        pulse.held(PING_MS - 1);
        assertThat(pulse.tick(PING_MS)).isEqualTo(Beat.PING);
        pulse.answered(PING_MS + 1);
        pulse.held(PING_MS + 1);
        assertThat(pulse.tick(2 * PING_MS)).isEqualTo(Beat.PING);
    }
}

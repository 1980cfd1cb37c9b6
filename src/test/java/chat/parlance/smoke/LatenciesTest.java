package chat.parlance.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void shouldTakeTheNearestRank() {
        for (int ms = 200; ms > 0; ms--) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(ms));
        }
        assertThat(latencies.count()).isEqualTo(200);
        assertThat(latencies.percentileMs(50)).isEqualTo(100);
        assertThat(latencies.p99Ms()).isEqualTo(198);
        assertThat(latencies.lost()).isZero();
    }

    @Test
    void shouldCountALostMessageAsSlowerThanAll() {
        latencies.add(TimeUnit.MILLISECONDS.toNanos(1));
        latencies.lose();
        assertThat(latencies.lost()).isOne();
        assertThat(latencies.percentileMs(50)).isEqualTo(1);
        assertThat(latencies.p99Ms()).isInfinite();
    }

    @Test
    void shouldMeetNoTargetWithNothingMeasured() {
        assertThat(latencies.p99Ms()).isInfinite();
    }
}

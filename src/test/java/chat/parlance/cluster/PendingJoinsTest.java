package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PendingJoinsTest {

    private final List<Integer> closed = new ArrayList<>();
    private long nowNs;
    private final PendingJoins joins = new PendingJoins(() -> nowNs);

    @Test
    void shouldGiveTheOldestStrangersPlaceToTheNewest() {
        List<PendingJoins.Peer> all = new ArrayList<>();
        for (int i = 0; i < PendingJoins.MAX_ACCEPTED + 2; i++) {
            all.add(add(i, true));
        }
        assertThat(closed).containsExactly(0, 1);
        assertThat(joins.prove(all.get(0))).as("a closed connection").isFalse();
        assertThat(joins.prove(all.getLast())).isTrue();
    }

    @Test
    void shouldNotCountConnectionsThatThisNodeMadeNorThoseThatAreProved() {
        PendingJoins.Peer made = add(-1, false);
        for (int i = 0; i < 2 * PendingJoins.MAX_ACCEPTED; i++) {
            assertThat(joins.prove(add(i, true))).isTrue();
        }
        for (int i = 0; i < PendingJoins.MAX_ACCEPTED; i++) {
            add(i, true);
        }
        assertThat(closed).isEmpty();
        assertThat(joins.prove(made)).isTrue();
    }

    @Test
    void shouldCloseUnprovedConnectionsAtTheDeadlineHoweverMuchTheySend() {
        add(1, true);
        nowNs += TimeUnit.MILLISECONDS.toNanos(PendingJoins.DEADLINE_MS / 2);
        PendingJoins.Peer second = add(2, false);
        nowNs += TimeUnit.MILLISECONDS.toNanos(PendingJoins.DEADLINE_MS / 2);
        joins.closeLate();
        assertThat(closed).containsExactly(1);
        nowNs += TimeUnit.MILLISECONDS.toNanos(PendingJoins.DEADLINE_MS);
        joins.closeLate();
        assertThat(closed).containsExactly(1, 2);
        assertThat(second.hasProved()).isFalse();
    }

    @Test
    void shouldForgetClosedConnections() {
        joins.remove(add(1, true));
        nowNs += TimeUnit.MILLISECONDS.toNanos(2 * PendingJoins.DEADLINE_MS);
        joins.closeLate();
        assertThat(closed).isEmpty();
    }

    private PendingJoins.Peer add(int number, boolean accepted) {
        return joins.add("10.0.0.1:" + number, accepted, reason -> closed.add(number));
    }
}

package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PendingJoinsTest {

    private final List<Integer> closed = new ArrayList<>();
    private long nowNs;
    private int refused;
    private final PendingJoins joins = new PendingJoins(() -> nowNs, () -> refused++);

    @Test
    void shouldGiveTheOldestStrangersPlaceToTheNewest() {
        List<PendingJoins.Peer> all = new ArrayList<>();
        for (int i = 0; i < PendingJoins.MAX_ACCEPTED + 2; i++) {
            all.add(add(i, true));
        }
        assertThat(closed).containsExactly(0, 1);
        assertThat(refused).isEqualTo(2);
        assertThat(joins.prove(all.get(0))).as("a closed connection").isFalse();
        assertThat(joins.prove(all.getLast())).isTrue();
    }

    @Test
    void shouldCloseNoConnectionOfAMemberForThoseOfAnotherAddress() {
        PendingJoins.Peer member = add("10.0.0.2", 1, true);
        for (int i = 2; i < 2 * PendingJoins.MAX_ACCEPTED; i++) {
            add(i, true);
        }
        assertThat(joins.prove(member)).isTrue();
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
        assertThat(refused).as("connections that others made").isEqualTo(1);
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
        return add("10.0.0.1", number, accepted);
    }

    private PendingJoins.Peer add(String host, int number, boolean accepted) {
        return joins.add(
                InetSocketAddress.createUnresolved(host, 1000 + number), accepted, reason -> closed.add(number));
    }
}

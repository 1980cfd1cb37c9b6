package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class UnprovenPeersTest {

    private final List<Integer> closed = new ArrayList<>();
    private long nowNs;
    private final UnprovenPeers peers = new UnprovenPeers(() -> nowNs);

    @Test
    void shouldGiveTheOldestStrangersPlaceToTheNewest() {
        List<UnprovenPeers.Peer> all = new ArrayList<>();
        for (int i = 0; i < UnprovenPeers.MAX_ACCEPTED + 2; i++) {
            all.add(add(i, true));
        }
        assertThat(closed).containsExactly(0, 1);
        assertThat(peers.prove(all.get(0))).as("a closed connection").isFalse();
        assertThat(peers.prove(all.getLast())).isTrue();
    }

    @Test
    void shouldNotCountConnectionsThatThisNodeMadeNorThoseThatAreProved() {
        UnprovenPeers.Peer made = add(-1, false);
        for (int i = 0; i < 2 * UnprovenPeers.MAX_ACCEPTED; i++) {
            assertThat(peers.prove(add(i, true))).isTrue();
        }
        for (int i = 0; i < UnprovenPeers.MAX_ACCEPTED; i++) {
            add(i, true);
        }
        assertThat(closed).isEmpty();
        assertThat(peers.prove(made)).isTrue();
    }

    @Test
    void shouldCloseWhoHasProvedNothingWithinTheDeadlineHoweverMuchItSends() {
        add(1, true);
        nowNs += TimeUnit.MILLISECONDS.toNanos(UnprovenPeers.DEADLINE_MS / 2);
        UnprovenPeers.Peer second = add(2, false);
        nowNs += TimeUnit.MILLISECONDS.toNanos(UnprovenPeers.DEADLINE_MS / 2);
        peers.closeLate();
        assertThat(closed).containsExactly(1);
        nowNs += TimeUnit.MILLISECONDS.toNanos(UnprovenPeers.DEADLINE_MS);
        peers.closeLate();
        assertThat(closed).containsExactly(1, 2);
        assertThat(second.hasProved()).isFalse();
    }

    @Test
    void shouldForgetWhatWasClosed() {
        peers.remove(add(1, true));
        nowNs += TimeUnit.MILLISECONDS.toNanos(2 * UnprovenPeers.DEADLINE_MS);
        peers.closeLate();
        assertThat(closed).isEmpty();
    }

    private UnprovenPeers.Peer add(int number, boolean accepted) {
        return peers.add("10.0.0.1:" + number, accepted, reason -> closed.add(number));
    }
}

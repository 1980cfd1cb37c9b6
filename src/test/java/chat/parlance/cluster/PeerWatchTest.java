package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PeerWatchTest {

    private static final Set<InetSocketAddress> OTHERS =
            Set.of(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 5701));

    private int peers;
    private final PeerWatch watch = new PeerWatch(() -> peers, () -> OTHERS, 1000);

    @Test
    void shouldSayThatANodeIsAloneAfterSomeDigestsAndNotAnyMoreAtTheFirstPeer() {
        judge(PeerWatch.SILENT_DIGESTS - 1, OTHERS);
        assertThat(watch.health()).isEqualTo(new ClusterHealth(0, 1, false));
        judge(1, OTHERS);
        assertThat(watch.health()).isEqualTo(new ClusterHealth(0, 1, true));
        peers = 1;
        judge(1, OTHERS);
        assertThat(watch.health()).isEqualTo(new ClusterHealth(1, 1, false));
    }

    @Test
    void shouldNotCallTheOnlyNodeAlone() {
        judge(2 * PeerWatch.SILENT_DIGESTS, Set.of());
        assertThat(watch.health().alone()).isFalse();
        judge(PeerWatch.SILENT_DIGESTS, OTHERS);
        assertThat(watch.health().alone()).isTrue();
        // The others were removed from the name.
        judge(1, Set.of());
        assertThat(watch.health()).isEqualTo(new ClusterHealth(0, 0, false));
    }

    @Test
    void shouldBeginAnewWithEachPeer() {
        for (int i = 0; i < PeerWatch.SILENT_DIGESTS; i++) {
            peers = 0;
            judge(PeerWatch.SILENT_DIGESTS - 1, OTHERS);
            peers = 1;
            judge(1, OTHERS);
        }
        assertThat(watch.health().alone()).isFalse();
    }

    private void judge(int times, Set<InetSocketAddress> others) {
        for (int i = 0; i < times; i++) {
            watch.judge(others);
        }
    }
}

package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class UnprovenPeersTest {

    private static final String STRANGER = "10.0.0.66";
    private static final String NODE = "10.0.0.2";

    private final UnprovenPeers<Channel> handshakes = new UnprovenPeers<>(3);

    @Test
    void shouldCloseTheOldestOfTheAddressThatHasMost() {
        Channel node = new EmbeddedChannel();
        Channel first = new EmbeddedChannel();
        Channel second = new EmbeddedChannel();
        assertThat(handshakes.add(NODE, node)).isNull();
        assertThat(handshakes.add(STRANGER, first)).isNull();
        assertThat(handshakes.add(STRANGER, second)).isNull();
        assertThat(handshakes.add(STRANGER, new EmbeddedChannel())).isSameAs(first);
        assertThat(handshakes.add(STRANGER, new EmbeddedChannel())).isSameAs(second);
        assertThat(handshakes.size()).isEqualTo(3);
    }

    @Test
    void shouldCountOnlyThoseThatAreThere() {
        for (int i = 0; i < 100; i++) {
            Channel connection = new EmbeddedChannel();
            assertThat(handshakes.add(NODE, connection)).isNull();
            handshakes.remove(NODE, connection);
            handshakes.remove(NODE, connection);
        }
        assertThat(handshakes.size()).isZero();
    }
}

package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class UnprovenConnectionsTest {

    private static final String STRANGER = "10.0.0.66";
    private static final String NODE = "10.0.0.2";

    private final UnprovenConnections unproven = new UnprovenConnections(3);

    @Test
    void shouldCloseTheOldestOfTheAddressThatHasMost() {
        Channel node = new EmbeddedChannel();
        Channel first = new EmbeddedChannel();
        Channel second = new EmbeddedChannel();
        assertThat(unproven.add(NODE, node)).isNull();
        assertThat(unproven.add(STRANGER, first)).isNull();
        assertThat(unproven.add(STRANGER, second)).isNull();
        assertThat(unproven.add(STRANGER, new EmbeddedChannel())).isSameAs(first);
        assertThat(unproven.add(STRANGER, new EmbeddedChannel())).isSameAs(second);
        assertThat(unproven.size()).isEqualTo(3);
    }

    @Test
    void shouldCountOnlyThoseThatAreThere() {
        for (int i = 0; i < 100; i++) {
            Channel connection = new EmbeddedChannel();
            assertThat(unproven.add(NODE, connection)).isNull();
            unproven.remove(NODE, connection);
            unproven.remove(NODE, connection);
        }
        assertThat(unproven.size()).isZero();
    }
}

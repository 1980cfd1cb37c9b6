package chat.parlance.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OutboundTotalsTest {

    @Test
    void shouldCountAConnectionAsSlowBeyondHalfOfItsLimit() {
        OutboundTotals totals = OutboundTotals.NONE
                .plus(0, 1000)
                .plus(500, 1000)
                .plus(501, 1000)
                .plus(2000, 1000);
        assertThat(totals).isEqualTo(new OutboundTotals(3001, 2));
    }
}

package chat.parlance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.connection.ConnectionMeters;
import chat.parlance.connection.LanguageName;
import chat.parlance.connection.OutboundTotals;
import chat.parlance.protocol.CloseCode;
import org.junit.jupiter.api.Test;

final class SlowReadersTest {

    private final SlowReaders readers = new SlowReaders(new Reports(), 1000);
    private OutboundTotals reported = OutboundTotals.NONE;

    @Test
    void shouldReportTheBytesOfReadersThatAreBehind() {
        Scripted slow = new Scripted(501);
        readers.sent(new Scripted(10));
        readers.sent(slow);
        readers.sent(slow);
        readers.measure();
        assertThat(reported).isEqualTo(new OutboundTotals(511, 1));
        slow.queued = 0;
        readers.measure();
        assertThat(reported).isEqualTo(new OutboundTotals(10, 0));
    }

    @Test
    void shouldNotAskReadersThatHaveReceivedEverything() {
        Scripted quick = new Scripted(0);
        Scripted recovered = new Scripted(1);
        readers.sent(quick);
        readers.sent(recovered);
        recovered.queued = 0;
        readers.measure();
        quick.asked = 0;
        recovered.asked = 0;
        readers.measure();
        assertThat(quick.asked + recovered.asked).isZero();
    }

    @Test
    void shouldMeasureAReaderAgainThatFallsBehindAgain() {
        Scripted reader = new Scripted(7);
        readers.sent(reader);
        reader.queued = 0;
        readers.measure();
        reader.queued = 8;
        readers.sent(reader);
        readers.measure();
        assertThat(reported).isEqualTo(new OutboundTotals(8, 0));
    }

    private static final class Scripted implements SlowReaders.Reader {

        private long queued;
        private int asked;

        Scripted(long queued) {
            this.queued = queued;
        }

        @Override
        public long queuedBytes() {
            asked++;
            return queued;
        }
    }

    private final class Reports implements ConnectionMeters {

        @Override
        public void queued(OutboundTotals before, OutboundTotals now) {
            assertThat(before).isEqualTo(reported);
            reported = now;
        }

        @Override
        public void opened(LanguageName language) {}

        @Override
        public void closed(LanguageName language) {}

        @Override
        public void cut(CloseCode code) {}

        @Override
        public void paused() {}

        @Override
        public void acknowledged(long nanoseconds) {}
    }
}

package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class PeerRefusalsTest {

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(PeerRefusals.class);
    private final AtomicLong clockNs = new AtomicLong();
    private final Map<PeerRefusal, Integer> counted = new EnumMap<>(PeerRefusal.class);
    private final PeerRefusals refusals = new PeerRefusals(new Counted(), clockNs::get);

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void detach() {
        log.detachAppender(logged);
    }

    @Test
    void shouldLogOnceAtTheBeginningAndThenACountAMinute() {
        for (int i = 0; i < 1000; i++) {
            refusals.refused(PeerRefusal.FRAMES, "too long");
        }
        refusals.refused(PeerRefusal.EVENTS, "broken");
        clockNs.addAndGet(LinePacer.INTERVAL_NS);
        refusals.refused(PeerRefusal.FRAMES, "too long");

        assertThat(counted).containsEntry(PeerRefusal.FRAMES, 1001).containsEntry(PeerRefusal.EVENTS, 1);
        assertThat(logged.list)
                .extracting(event -> event.getKeyValuePairs().toString())
                .satisfiesExactly(
                        first -> assertThat(first).contains("frames", "count=\"1\""),
                        other -> assertThat(other).contains("events", "count=\"1\""),
                        later -> assertThat(later).contains("frames", "count=\"1000\""));
    }

    @Test
    void shouldLogOneShortLineWhateverAPeerSent() {
        refusals.refused(PeerRefusal.FRAMES, "type \n2026 ERROR forged \u001b[31m" + "x".repeat(100_000));
        String cause = logged.list.getFirst().getKeyValuePairs().getLast().value.toString();
        assertThat(cause).hasSizeLessThan(300).matches("[ -~]*");
    }

    private final class Counted implements PeerMeters {

        @Override
        public void sent(PeerTraffic traffic, int bytes) {}

        @Override
        public void dropped(PeerTraffic traffic, int bytes) {}

        @Override
        public void delivered(DeliveryPath path, long lagMs) {}

        @Override
        public void refused(PeerRefusal of) {
            counted.merge(of, 1, Integer::sum);
        }
    }
}

package chat.parlance.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fault of the program, as shown to its client and its operator. */
final class FaultsTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Faults faults;
    private long nowNs;

    @BeforeEach
    void makeLog() {
        LoggerContext context = new LoggerContext();
        Logger log = context.getLogger("faults");
        lines.setContext(context);
        lines.start();
        log.addAppender(lines);
        Condition repeated = new Condition(log, "Requests fail unexpectedly", "over", () -> nowNs, later -> {});
        faults = new Faults(log, repeated, () -> nowNs);
    }

    @Test
    void shouldTellTheClientTheIdUnderWhichTheLogHasTheStackTrace() {
        ChatException told =
                faults.report("GET /rooms", "10.0.0.1:5000", new IllegalStateException("secret of the store"));
        assertThat(told.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(told.detail())
                .matches("The server failed\\. Its log has the reason as fault [0-9a-f]{8}\\.")
                .doesNotContain("secret");
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getKeyValuePairs())
                    .extracting(pair -> pair.key + "=" + pair.value)
                    .containsExactly("fault=" + id(told), "request=GET /rooms", "connection=10.0.0.1:5000");
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("secret of the store");
        });
    }

    @Test
    void shouldLogOneFaultOnceHoweverManyRequestsItFails() {
        List<String> told = IntStream.range(0, 1000)
                .mapToObj(i -> id(faults.report("line mode: /who", "10.0.0.1:5000", fault())))
                .toList();
        assertThat(told).containsOnly(told.getFirst());
        assertThat(lines.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly("A request failed unexpectedly", "Requests fail unexpectedly");
        nowNs += Faults.LOG_AGAIN_NS;
        faults.report("line mode: /who", "10.0.0.1:5000", fault());
        assertThat(lines.list).hasSize(3);
    }

    @Test
    void shouldTellFaultsOfDifferentPlacesApartAndForgetTheOldest() {
        String one = id(faults.report("a", "10.0.0.1:5000", fault()));
        assertThat(id(faults.report("a", "10.0.0.1:5000", new IllegalStateException())))
                .isNotEqualTo(one);
        for (int i = 0; i < Faults.MAX_KNOWN; i++) {
            Throwable other = fault();
            other.setStackTrace(new StackTraceElement[] {new StackTraceElement("C", "m", "C.java", i)});
            faults.report("a", "10.0.0.1:5000", other);
        }
        lines.list.clear();
        faults.report("a", "10.0.0.1:5000", fault());
        assertThat(lines.list).extracting(ILoggingEvent::getMessage).containsExactly("A request failed unexpectedly");
    }

    @Test
    void shouldLeaveKnownFailuresAsTheyAre() {
        ChatException known = new ChatException(ErrorCode.ROOM_FORBIDDEN);
        assertThat(Faults.answer("a", "10.0.0.1:5000", known)).isSameAs(known);
    }

    private static Throwable fault() {
        return new IllegalStateException("again");
    }

    private static String id(ChatException told) {
        return told.detail().replaceFirst(".* ([0-9a-f]{8})\\.$", "$1");
    }
}

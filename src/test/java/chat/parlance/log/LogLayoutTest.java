package chat.parlance.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import chat.parlance.testing.TerminalLines;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** Text of clients and peers in the lines of the log. */
final class LogLayoutTest {

    private static final String FORGED = "a\n2026-01-01T00:00:00.000Z INFO  Node: Draining\r\u001b[2J\u0085b\u2028c";

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("conf/logback.xml").toFile());
    }

    @Test
    void shouldKeepAMessageAndItsValuesInOneLine() {
        String line = written("console", null);
        assertThat(line.lines()).hasSize(1);
        assertThat(line).contains("refused a?2026").contains("cause=\"a?2026").doesNotContain("\u202E");
        TerminalLines.check(line);
    }

    @Test
    void shouldIndentTextQuotedByAnException() {
        String lines = written("console", new IllegalStateException(FORGED, new IllegalStateException(FORGED)));
        assertThat(lines.lines().skip(2)).as(lines).isNotEmpty().allMatch(line -> line.startsWith("\t"));
        assertThat(lines).contains("\tat chat.parlance.log.LogLayoutTest").contains("\tCaused by: ");
        TerminalLines.check(lines);
    }

    /** Lines of Hazelcast have no stack trace. */
    @Test
    void shouldKeepALineOfHazelcastInOneLine() {
        String line = written("lines", new IllegalStateException(FORGED));
        assertThat(line.lines()).hasSize(1);
        TerminalLines.check(line);
    }

    @Test
    void shouldWriteEachLineAsAJsonObject() throws JoranException {
        context.reset();
        context.putProperty("PARLANCE_LOG_FORMAT", "json");
        configure();
        context.putProperty("node", "here");
        for (String logger : List.of("ROOT", "com.hazelcast")) {
            String line = encoded(
                    context.getLogger(logger).getAppender("json"), new IllegalStateException("of \"the\" store\n"));
            assertThat(line.strip().lines()).hasSize(1);
            JsonObject object = new JsonObject(line);
            assertThat(object.getString("level")).isEqualTo("WARN");
            assertThat(object.getString("message")).isEqualTo("refused " + FORGED + "\u202E");
            assertThat(object.getLong("timestamp")).isPositive();
            assertThat(object.getJsonObject("context")
                            .getJsonObject("properties")
                            .getString("node"))
                    .isEqualTo("here");
            assertThat(object.getJsonArray("kvpList").getJsonObject(0).getString("cause"))
                    .isEqualTo(FORGED);
            assertThat(object.getJsonObject("throwable").getString("message")).isEqualTo("of \"the\" store\n");
        }
    }

    @Test
    void shouldNameTheNodeInEveryLine() {
        context.putProperty("node", "here");
        assertThat(written("console", null)).contains(" WARN  [here] Test: refused");
        assertThat(written("lines", null)).contains(" WARN  [here] Test: refused");
    }

    private String written(String appender, @Nullable Throwable cause) {
        return encoded(appender(appender), cause);
    }

    private String encoded(Appender<ILoggingEvent> appender, @Nullable Throwable cause) {
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) appender;
        LoggingEvent event = new LoggingEvent(
                LogLayoutTest.class.getName(),
                context.getLogger("chat.parlance.Test"),
                Level.WARN,
                "refused " + FORGED + "\u202E",
                cause,
                null);
        event.setKeyValuePairs(List.of(new KeyValuePair("cause", FORGED)));
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private Appender<ILoggingEvent> appender(String name) {
        String logger = name.equals("console") ? "ROOT" : "com.hazelcast";
        return context.getLogger(logger).getAppender(name);
    }
}

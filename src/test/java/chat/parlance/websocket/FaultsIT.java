package chat.parlance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.parlance.log.Faults;
import chat.parlance.testing.Alerts;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A service with an unforeseen failure, because an event of the store has an unknown kind: in every protocol. */
final class FaultsIT {

    private static final String ROOM = "line-fault";
    private static final Pattern FAULT = Pattern.compile("as fault ([0-9a-f]{8})");

    private final Logger log = (Logger) LoggerFactory.getLogger(Faults.class);
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Rest alice = Rest.logIn(TestNode.address(), "fault-alice");

    @BeforeEach
    void breakAnEvent() throws SQLException {
        appender.list = lines;
        appender.start();
        log.addAppender(appender);
        alice.post("/rooms", Map.of("roomId", ROOM));
        Database.setKindOfFirstEvent(ROOM, "broken");
    }

    @AfterEach
    void mendTheEvent() throws SQLException {
        Database.setKindOfFirstEvent(ROOM, "membership");
        log.detachAppender(appender);
    }

    @Test
    void shouldAnswerInternalToALineAFrameAndARequestAndLogItOnce() throws SQLException {
        String management = "127.0.0.1:" + TestNode.shared().managementPort();
        String before = Alerts.scrape(management);
        try (Terminal terminal = Terminal.of(alice);
                Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            String line = terminal.ask("/join " + ROOM, "! The server failed", "(internal)");
            terminal.ask("/create line-fault-after", "* You are in line-fault-after.");
            socket.send(Map.of("type", "join", "ref", "7", "roomId", ROOM));
            JsonObject frame = socket.await("error");
            assertThat(frame.getString("ref")).isEqualTo("7");
            assertThat(frame.getString("code")).isEqualTo("internal");
            HttpResponse<String> answer = alice.get("/rooms/" + ROOM + "/events");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(Rest.code(answer)).isEqualTo("internal");
            alice.get("/rooms/" + ROOM + "/events");
            Alerts.assertFires("ParlanceRequestsFail", before, Alerts.scrape(management));
            List<String> told = List.of(fault(line), fault(frame.encode()), fault(answer.body()));
            assertThat(told)
                    .allSatisfy(fault -> assertThat(lines)
                            .filteredOn(logged -> logged.getThrowableProxy() != null
                                    && logged.getKeyValuePairs().toString().contains(fault))
                            .hasSize(1)
                            .allMatch(logged ->
                                    logged.getKeyValuePairs().toString().contains("connection=\"127.0.0.1:")));
            socket.send(Map.of("type", "ping", "ref", "8"));
            assertThat(socket.await("pong").getString("ref")).isEqualTo("8");
        }
    }

    private static String fault(String text) {
        Matcher fault = FAULT.matcher(text);
        assertThat(fault.find()).as(text).isTrue();
        return fault.group(1);
    }
}

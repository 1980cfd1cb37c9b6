package chat.parlance.json;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.bus.BusReader;
import chat.parlance.bus.BusWriter;
import chat.parlance.bus.EventBodyCodec;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Poll;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.UserId;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.room.Fixtures;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of event, in all places that must know it and that the compiler does not find. */
final class EventKindsTest {

    private static final RoomId DEV = new RoomId("dev");
    private static final UserId ALICE = new UserId("alice");
    private static final ClientId ID = new ClientId("a-1");
    private static final Path RESOURCES = Path.of("src/main/resources");

    private static Stream<EventBody> bodies() {
        return Stream.of(
                new EventBody.Message(ID, "hi @alice", 3L, true).stored(2L, List.of(ALICE)),
                new EventBody.Edit(ID, 3L, "hi @alice").stored(null, List.of(ALICE)),
                new EventBody.Delete(ID, 3L),
                new EventBody.Reaction(ID, 3L, "👍", true),
                new EventBody.Pin(ID, 3L, true),
                new EventBody.Message(ID, "Tea?", null, false, new Poll(List.of("yes", "no"), true)),
                new EventBody.Vote(ID, 3L, List.of("yes", "no")),
                new EventBody.Vote(ID, 3L, List.of()),
                new EventBody.Close(ID, 3L),
                new EventBody.MembershipChanged(ALICE, MembershipChange.JOINED),
                new EventBody.Setting(RoomSetting.TOPIC, "Water"));
    }

    @Test
    void shouldTestEveryKind() {
        assertThat(bodies().map(EventBody::kind)).contains(EventKind.values());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldCarryAKindOverTheBus(EventBody body) {
        Buffer buffer = Buffer.buffer();
        EventBodyCodec.write(body, new BusWriter(buffer));
        BusReader in = new BusReader(buffer, 0);
        assertThat(EventBodyCodec.read(in)).isEqualTo(body);
        in.end();
    }

    /** A frame has the fields of the event, with the target as {@code seq}. */
    @ParameterizedTest
    @MethodSource("bodies")
    void shouldReadTheFrameThatPostsAKind(EventBody body) {
        if (!(body instanceof EventBody.Posted posted)) {
            assertThat(body.kind().frame()).isEmpty();
            return;
        }
        JsonObject event = new JsonObject(Buffer.buffer(new EventJson(event(body)).encode()));
        JsonObject frame = event.copy().put("type", body.kind().frame().orElseThrow());
        rename(frame, "target", "seq");
        frame.remove("stamp");
        assertThat(JsonCodec.decode(frame.encode()))
                .isEqualTo(new ClientFrame.Post(null, DEV, new PostRequest(unstored(posted))));
    }

    @Test
    void shouldDescribeEveryKind() throws IOException {
        String rest = Files.readString(RESOURCES.resolve("api/openapi.yaml"));
        String frames = Files.readString(RESOURCES.resolve("api/asyncapi.yaml"));
        String tables = Files.readString(RESOURCES.resolve("db/migration/V2__rooms_and_events.sql"));
        String protocol = Files.readString(Path.of("docs/PROTOCOL.md"));
        for (EventKind kind : EventKind.values()) {
            assertThat(rest).contains("kind: {type: string, const: " + kind.wireName() + "}");
            assertThat(tables).containsPattern("(?m)^--   " + kind.wireName() + " +(client_id|subject)");
            assertThat(protocol).contains("| `" + kind.wireName() + "` |");
            kind.frame().ifPresent(frame -> assertThat(frames).contains("type: {type: string, const: " + frame + "}"));
        }
    }

    private static Event event(EventBody body) {
        return new Event(DEV, 5, Fixtures.stamp(5), Fixtures.stamp(4), Instant.ofEpochMilli(5), ALICE, body);
    }

    private static void rename(JsonObject frame, String from, String to) {
        Object value = frame.remove(from);
        if (value != null) {
            frame.put(to, value);
        }
    }

    /** The body as its sender posts it, without the values that the store adds. */
    private static EventBody.Posted unstored(EventBody.Posted body) {
        return body instanceof EventBody.Message message
                ? new EventBody.Message(ID, message.text(), message.replyTo(), message.alsoToRoom(), message.poll())
                : body.stored(null, List.of());
    }
}

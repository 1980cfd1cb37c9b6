package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.room.Fixtures;
import chat.parlance.room.NewEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AppendCodecsTest {

    private static final ClientId ID = new ClientId("a-1");
    private static final Stamp STAMP = new Stamp((1L << 48) - 1);

    @Test
    void shouldCarryEveryRequestWithTheStampOfItsTargetAndWithoutOne() {
        List<NewEvent> events = Stream.of(
                        new EventBody.Message(ID, "hi", 7L),
                        new EventBody.Edit(ID, 7L, "text"),
                        new EventBody.Delete(ID, 7L),
                        new EventBody.Reaction(ID, 7L, "👍", true),
                        new EventBody.Pin(ID, 7L, false))
                .flatMap(body -> Stream.of(
                        new PostRequest(body, STAMP), new PostRequest(body, Stamp.NONE), new PostRequest(body)))
                .map(AppendCodecsTest::event)
                .toList();
        assertThat(decode(encode(events))).isEqualTo(events);
    }

    @Test
    void shouldCarryEveryOutcome() {
        AppendReply reply = new AppendReply(List.of(
                new AppendOutcome.Stored(Fixtures.cursor(7), Fixtures.stamp(6), Instant.EPOCH, 3L),
                new AppendOutcome.Duplicate(Fixtures.cursor(7)),
                new AppendOutcome.Refused(ErrorCode.HISTORY_CHANGED)));
        Buffer wire = Buffer.buffer();
        AppendCodecs.REPLY.encodeToWire(wire, reply);
        assertThat(AppendCodecs.REPLY.decodeFromWire(0, wire)).isEqualTo(reply);
    }

    @Test
    void shouldRefuseStampsThatNoEventCanHaveAndStampsWithoutATarget() {
        Buffer reply = encode(List.of(event(new PostRequest(new EventBody.Pin(ID, 7L, false), STAMP))));
        int place = reply.toString("ISO-8859-1").indexOf("\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff");
        assertThat(place).isPositive();
        for (long stamp : List.of(1L << 48, -2L, Long.MIN_VALUE)) {
            Buffer forged = reply.copy().setLong(place, stamp);
            assertThatThrownBy(() -> decode(forged)).as("" + stamp).isInstanceOf(RuntimeException.class);
        }
        Buffer message = encode(List.of(event(new PostRequest(new EventBody.Message(ID, "hi")))));
        int none = message.toString("ISO-8859-1").indexOf("\u00ff".repeat(Long.BYTES));
        assertThat(none).isPositive();
        assertThatThrownBy(() -> decode(message.copy().setLong(none, 5))).isInstanceOf(RuntimeException.class);
    }

    private static NewEvent event(PostRequest request) {
        return new NewEvent(new RoomId("dev"), Fixtures.ALICE, request);
    }

    private static Buffer encode(List<NewEvent> events) {
        Buffer wire = Buffer.buffer();
        AppendCodecs.REQUEST.encodeToWire(wire, new AppendRequest(events));
        return wire;
    }

    private static List<NewEvent> decode(Buffer wire) {
        return AppendCodecs.REQUEST.decodeFromWire(0, wire).events();
    }
}

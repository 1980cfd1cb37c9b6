package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.bus.BusCodec;
import chat.parlance.bus.MessageParts;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.room.Fixtures;
import chat.parlance.room.NewEvent;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AppendCodecsTest {

    private static final RoomId DEV = new RoomId("dev");
    private static final UserId ALICE = new UserId("alice");
    private static final long NO_STAMP = -1;
    private static final Stamp STAMP = new Stamp((1L << 48) - 1);
    private static final ClientId ID = new ClientId("m-1");
    private static final AppendRequest REQUEST = new AppendRequest(List.of(
            event(new EventBody.Message(ID, "hi @bob", 3L)),
            event(new EventBody.Edit(ID, 4L, "hello")),
            event(new EventBody.Delete(ID, 5L)),
            event(new EventBody.Reaction(ID, 6L, "👍", true)),
            event(new EventBody.Pin(ID, 7L, false))));

    @Test
    void shouldCarryRequestsAndRepliesWhole() {
        assertThat(decode(AppendCodecs.REQUEST, encode(AppendCodecs.REQUEST, REQUEST)))
                .isEqualTo(REQUEST);
        AppendReply reply = new AppendReply(List.of(
                new AppendOutcome.Stored(
                        Fixtures.cursor(3), Fixtures.stamp(2), Instant.ofEpochMilli(5), 1L, List.of(new UserId("bob"))),
                new AppendOutcome.Stored(
                        Fixtures.cursor(4), Fixtures.stamp(3), Instant.ofEpochMilli(6), null, List.of()),
                new AppendOutcome.Duplicate(Fixtures.cursor(2)),
                new AppendOutcome.Refused(ErrorCode.ROOM_MUTED)));
        assertThat(decode(AppendCodecs.REPLY, encode(AppendCodecs.REPLY, reply)))
                .isEqualTo(reply);
    }

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
        AppendRequest request = new AppendRequest(events);
        assertThat(decode(AppendCodecs.REQUEST, encode(AppendCodecs.REQUEST, request)))
                .isEqualTo(request);
    }

    @Test
    void shouldRefuseStampsThatNoEventCanHaveAndStampsWithoutATarget() {
        Buffer reply = encode(
                AppendCodecs.REQUEST,
                new AppendRequest(List.of(event(new PostRequest(new EventBody.Pin(ID, 7L, false), STAMP)))));
        int place = reply.toString("ISO-8859-1").indexOf("\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff");
        assertThat(place).isPositive();
        for (long stamp : List.of(1L << 48, -2L, Long.MIN_VALUE)) {
            Buffer forged = reply.copy().setLong(place, stamp);
            assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, forged))
                    .as("" + stamp)
                    .isInstanceOf(RuntimeException.class);
        }
        Buffer message = encode(
                AppendCodecs.REQUEST,
                new AppendRequest(List.of(event(new PostRequest(new EventBody.Message(ID, "hi"))))));
        int none = message.toString("ISO-8859-1").indexOf("\u00ff".repeat(Long.BYTES));
        assertThat(none).isPositive();
        assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, message.copy().setLong(none, 5)))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldRefuseATruncatedRequest() {
        Buffer whole = encode(AppendCodecs.REQUEST, REQUEST);
        for (int length = 0; length < whole.length(); length++) {
            Buffer cut = whole.getBuffer(0, length);
            assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, cut)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void shouldRefuseNoise() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            Buffer buffer = Buffer.buffer(noise);
            assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, buffer)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> decode(AppendCodecs.REPLY, buffer)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void shouldRefuseImpossibleIds() {
        assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, forged("Not A Room", "alice", "message", "m")))
                .hasMessageContaining("room id");
        assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, forged("dev", "a'; drop table event", "message", "m")))
                .hasMessageContaining("user id");
        assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, forged("dev", "alice", "message", "m".repeat(65))))
                .hasMessageContaining("message id");
        assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, forged("dev", "alice", "unheard", "m")))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldRefuseEventKindsThatAreNeverPosted() {
        Buffer forged = Buffer.buffer();
        string(forged, "dev");
        forged.appendInt(1);
        string(forged, "alice");
        forged.appendLong(NO_STAMP);
        string(
                forged,
                new EventBody.MembershipChanged(ALICE, MembershipChange.KICKED)
                        .kind()
                        .wireName());
        string(forged, "bob");
        string(forged, MembershipChange.KICKED.wireName());
        assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, forged))
                .hasMessageContaining("an event kind that is never posted");
    }

    @Test
    void shouldRefuseMoreEventsThanARequestMayHaveWithoutMakingRoomForThem() {
        Buffer forged = Buffer.buffer();
        string(forged, "dev");
        forged.appendInt(AppendRequest.MAX_EVENTS + 1).appendBytes(new byte[4096]);
        assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, forged)).hasMessageContaining("list of 501");
        List<NewEvent> many = Collections.nCopies(AppendRequest.MAX_EVENTS + 1, event(new EventBody.Message(ID, "hi")));
        assertThatThrownBy(() -> new AppendRequest(many)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AppendRequest(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldDivideEventsSoThatNoRequestIsLongerThanAFrame() {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < 3 * AppendRequest.MAX_EVENTS; i++) {
            events.add(event(new EventBody.Message(new ClientId("m-" + i), i % 2 == 0 ? "hi" : "🌱".repeat(2048))));
        }
        List<List<NewEvent>> parts = AppendRequest.divide(events, event -> event);
        assertThat(parts.stream().flatMap(List::stream)).isEqualTo(events);
        assertThat(parts)
                .allSatisfy(part -> assertThat(encode(AppendCodecs.REQUEST, new AppendRequest(part))
                                .length())
                        .isLessThan(MessageParts.EVENTS_BYTES + 16_384));
        assertThat(AppendRequest.divide(Collections.nCopies(1001, event(new EventBody.Delete(ID, 1L))), event -> event))
                .extracting(List::size)
                .containsExactly(500, 500, 1);
        assertThat(AppendRequest.divide(List.<NewEvent>of(), event -> event)).isEmpty();
    }

    private static Buffer forged(String room, String sender, String kind, String id) {
        Buffer forged = Buffer.buffer();
        string(forged, room);
        forged.appendInt(1);
        string(forged, sender);
        forged.appendLong(NO_STAMP);
        string(forged, kind);
        string(forged, id);
        string(forged, "text");
        return forged.appendLong(0).appendLong(0);
    }

    private static void string(Buffer buffer, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    private static NewEvent event(EventBody.Posted body) {
        return event(new PostRequest(body));
    }

    private static NewEvent event(PostRequest request) {
        return new NewEvent(DEV, ALICE, request);
    }

    private static <T> Buffer encode(BusCodec<T> codec, T value) {
        Buffer buffer = Buffer.buffer();
        codec.encodeToWire(buffer, value);
        return buffer;
    }

    private static <T> T decode(BusCodec<T> codec, Buffer buffer) {
        return codec.decodeFromWire(0, buffer);
    }
}

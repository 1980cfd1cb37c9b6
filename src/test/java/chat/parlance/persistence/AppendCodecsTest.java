package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.cluster.BusCodec;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AppendCodecsTest {

    private static final RoomId DEV = new RoomId("dev");
    private static final UserId ALICE = new UserId("alice");
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
                new AppendOutcome.Stored(3, Instant.ofEpochMilli(5), 1L),
                new AppendOutcome.Stored(4, Instant.ofEpochMilli(6), null),
                new AppendOutcome.Duplicate(2),
                new AppendOutcome.Refused(ErrorCode.ROOM_MUTED)));
        assertThat(decode(AppendCodecs.REPLY, encode(AppendCodecs.REPLY, reply)))
                .isEqualTo(reply);
    }

    @Test
    void shouldFindMentionsInTheTextWhereItIsWritten() {
        AppendRequest read = decode(AppendCodecs.REQUEST, encode(AppendCodecs.REQUEST, REQUEST));
        assertThat(read.events().getFirst().body().mentions()).containsExactly(new UserId("bob"));
    }

    @Test
    void shouldRefuseARequestThatIsCutAnywhere() {
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
    void shouldRefuseIdsThatNobodyCanHave() {
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
    void shouldRefuseEventsThatNobodyPosts() {
        Buffer forged = Buffer.buffer();
        string(forged, "dev");
        forged.appendInt(1);
        string(forged, "alice");
        string(
                forged,
                new EventBody.Membership(ALICE, MembershipChange.KICKED).kind().wireName());
        string(forged, "bob");
        string(forged, MembershipChange.KICKED.wireName());
        assertThatThrownBy(() -> decode(AppendCodecs.REQUEST, forged)).hasMessageContaining("nobody posts");
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

    private static Buffer forged(String room, String sender, String kind, String id) {
        Buffer forged = Buffer.buffer();
        string(forged, room);
        forged.appendInt(1);
        string(forged, sender);
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
        return new NewEvent(DEV, ALICE, body);
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

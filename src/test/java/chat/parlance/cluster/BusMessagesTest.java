package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.bus.BusWriter;
import chat.parlance.bus.EventsMessage;
import chat.parlance.bus.MessageParts;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.NotificationLevel;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomOrder;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.RoomSection;
import chat.parlance.model.SavedMark;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferences;
import chat.parlance.room.Fixtures;
import chat.parlance.room.Signal;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class BusMessagesTest {

    private static final RoomId DEV = new RoomId("dev");

    @Test
    void shouldCarryEventsWhole() {
        List<Event> events = List.of(Fixtures.message("dev", 1), Fixtures.left("ops", 2, Fixtures.BOB));
        assertThat(EventsMessage.decode(one(EventsMessage.encode(events)))).isEqualTo(events);
    }

    @Test
    void shouldCarryEveryAnnouncement() {
        for (ReplicationMessage<RoomId> announcement : List.<ReplicationMessage<RoomId>>of(
                new ReplicationMessage.Delta<>("n1", 3, List.of(DEV), List.of()),
                new ReplicationMessage.Digest<>("n1", 4),
                new ReplicationMessage.Part<>("n1", 5, 2, true, List.of(DEV, new RoomId("ops"))))) {
            assertThat(ReplicationMessage.decode(announcement.encode(ReplicatedSet.ROOMS), ReplicatedSet.ROOMS))
                    .isEqualTo(announcement);
        }
    }

    @Test
    void shouldCarryPresenceAndSignals() {
        ReplicationMessage<PresenceEntry> entries =
                new ReplicationMessage.Delta<>("n1", 1, List.of(new PresenceEntry(DEV, Fixtures.BOB)), List.of());
        assertThat(ReplicationMessage.decode(entries.encode(ReplicatedSet.PRESENCE), ReplicatedSet.PRESENCE))
                .isEqualTo(entries);
        List<Signal> signals = List.of(
                new Signal.Typing(DEV, Fixtures.BOB),
                new Signal.Read(new ReadMarker(DEV, Fixtures.ALICE, 9, new Unread(7, 2, 1, 3))),
                new Signal.ThreadState(new ThreadMarker(DEV, Fixtures.ALICE, 3, true, 9, new Unread(7, 2, 1))),
                new Signal.Saved(new SavedMark(DEV, Fixtures.ALICE, 3, true)),
                new Signal.MembershipChanged(DEV, Fixtures.BOB),
                new Signal.RoomPreferred(
                        DEV, Fixtures.ALICE, new RoomPreferences(true, NotificationLevel.MENTIONS, 9, 1)),
                new Signal.UserPreferred(
                        Fixtures.BOB, new UserPreferences(RoomOrder.UNREAD, Set.of(RoomSection.values()), 2)),
                new Signal.UserPreferred(Fixtures.BOB, new UserPreferences(RoomOrder.NAME, Set.of(), 3)));
        assertThat(SignalsMessage.decode(SignalsMessage.encode(signals))).isEqualTo(signals);
    }

    @Test
    void shouldRefuseBrokenMessagesWithoutMakingAnythingOfTheirLengths() {
        Buffer forged = Buffer.buffer().appendInt(Integer.MAX_VALUE);
        assertThatThrownBy(() -> EventsMessage.decode(forged)).isInstanceOf(IllegalArgumentException.class);
        Buffer good = one(EventsMessage.encode(List.of(Fixtures.message("dev", 1))));
        for (int length = 0; length < good.length(); length++) {
            Buffer cut = good.getBuffer(0, length);
            assertThatThrownBy(() -> EventsMessage.decode(cut)).isInstanceOf(RuntimeException.class);
        }
        byte[] noise = new byte[200];
        new Random(1).nextBytes(noise);
        assertThatThrownBy(() -> ReplicationMessage.decode(Buffer.buffer(noise), ReplicatedSet.ROOMS))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> SignalsMessage.decode(Buffer.buffer(noise))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldDivideManyEventsByTheLimitsOfAMessage() {
        String text = "x".repeat(1 << 20);
        List<Event> events = new ArrayList<>();
        for (int seq = 1; seq <= 3 * MessageParts.MAX_ELEMENTS; seq++) {
            events.add(Fixtures.message("dev", seq));
        }
        for (int seq = 1; seq <= 4; seq++) {
            EventBody longest = new EventBody.Message(new ClientId("m" + seq), text);
            events.add(new Event(
                    DEV,
                    seq,
                    Fixtures.stamp(seq),
                    Fixtures.stamp(seq - 1),
                    Instant.ofEpochMilli(1),
                    Fixtures.ALICE,
                    longest));
        }
        List<Buffer> messages = EventsMessage.encode(events);
        assertThat(messages).allMatch(message -> message.length() < MessageParts.MIN_FRAME_BYTES - 1024);
        assertThat(messages.stream().flatMap(message -> EventsMessage.decode(message).stream()))
                .isEqualTo(events);
        assertThat(EventsMessage.encode(List.of())).isEmpty();
    }

    @Test
    void shouldKeepTheLongestRoomsPresenceAndSignalsWithinAFrame() {
        RoomId room = new RoomId("r".repeat(RoomId.MAX_LENGTH));
        UserId user = new UserId("u".repeat(UserId.MAX_LENGTH));
        List<PresenceEntry> entries = Collections.nCopies(MessageParts.MAX_ELEMENTS, new PresenceEntry(room, user));
        Signal thread = new Signal.ThreadState(
                new ThreadMarker(room, user, Long.MAX_VALUE, true, Long.MAX_VALUE, new Unread(1, 1000, 1000)));
        List<Buffer> messages = List.of(
                new ReplicationMessage.Delta<>("n".repeat(64), 1, entries, entries).encode(ReplicatedSet.PRESENCE),
                SignalsMessage.encode(Collections.nCopies(MessageParts.MAX_ELEMENTS, thread)));
        assertThat(messages).allMatch(message -> message.length() < MessageParts.MIN_FRAME_BYTES - 1024);
    }

    @Test
    void shouldRefuseImpossiblePreferences() {
        for (Consumer<BusWriter> forged : List.<Consumer<BusWriter>>of(
                out -> writePreferences(out, 2, "all", 0, 1),
                out -> writePreferences(out, 0, "loud", 0, 1),
                out -> writePreferences(out, 0, "all", -1, 1),
                out -> writePreferences(out, 0, "all", 0, 0),
                out -> writePreferences(out, "random", List.of()),
                out -> writePreferences(out, "name", List.of("attic")),
                out -> writePreferences(out, "name", Collections.nCopies(5, "rooms")))) {
            Buffer buffer = Buffer.buffer();
            new BusWriter(buffer).list(List.of(forged), write -> write.accept(new BusWriter(buffer)));
            assertThatThrownBy(() -> SignalsMessage.decode(buffer)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void writePreferences(
            BusWriter out, long starred, String notifications, long hiddenTo, long revision) {
        List.of("room-preferred", "dev", "alice").forEach(out::string);
        out.number(starred);
        out.string(notifications);
        out.number(hiddenTo);
        out.number(revision);
    }

    private static void writePreferences(BusWriter out, String order, List<String> folded) {
        List.of("user-preferred", "alice", order).forEach(out::string);
        out.list(folded, out::string);
        out.number(1);
    }

    @Test
    void shouldRefuseImpossibleCounts() {
        for (long[] forged :
                new long[][] {{-1, 0, 0, 0}, {9, 10, 0, 0}, {9, 7, -1, 0}, {9, 7, 1001, 0}, {9, 7, 1, 1L << 40}}) {
            Buffer buffer = Buffer.buffer();
            BusWriter out = new BusWriter(buffer);
            out.list(List.of(forged), numbers -> {
                List.of("read", "dev", "alice").forEach(out::string);
                for (long number : numbers) {
                    out.number(number);
                }
            });
            assertThatThrownBy(() -> SignalsMessage.decode(buffer)).isInstanceOf(IllegalArgumentException.class);
        }
        Event past = at(Instant.ofEpochMilli(-1));
        Event future = at(Instant.ofEpochMilli(1L << 60));
        for (Event event : List.of(past, future)) {
            Buffer forged = one(EventsMessage.encode(List.of(event)));
            assertThatThrownBy(() -> EventsMessage.decode(forged)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Event at(Instant at) {
        EventBody body = Fixtures.message("dev", 1).body();
        return new Event(DEV, 1, Fixtures.stamp(1), Fixtures.stamp(0), at, Fixtures.ALICE, body);
    }

    private static Buffer one(List<Buffer> messages) {
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    @Test
    void shouldKnowTheNodesOfEachRoomThroughChangesAndDeaths() {
        RemoteRooms rooms = new RemoteRooms();
        PeerReplicas<RoomId> peers = new PeerReplicas<>(rooms);
        peers.replace("n1", 1, List.of(DEV), 0);
        peers.replace("n2", 1, List.of(DEV), 1000);
        assertThat(rooms.nodes(DEV)).containsExactlyInAnyOrder("n1", "n2");
        RoomId ops = new RoomId("ops");
        peers.change("n1", 2, List.of(ops), List.of(DEV));
        assertThat(rooms.nodes(DEV)).containsExactly("n2");
        assertThat(peers.version("n1")).isEqualTo(2L);
        peers.replace("n1", 7, List.of(DEV, ops), 0);
        assertThat(rooms.nodes(DEV)).containsExactlyInAnyOrder("n1", "n2");
        assertThat(peers.version("n1")).isEqualTo(7L);
        peers.removeSilent(500);
        assertThat(rooms.nodes(ops)).isEmpty();
        assertThat(rooms.nodes(DEV)).containsExactly("n2");
        assertThat(peers.known()).containsExactly("n2");
    }
}

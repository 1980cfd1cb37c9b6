package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.model.Event;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.Unread;
import chat.parlance.room.Fixtures;
import chat.parlance.room.Signal;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BusMessagesTest {

    private static final RoomId DEV = new RoomId("dev");

    @Test
    void shouldCarryEventsWhole() {
        List<Event> events = List.of(Fixtures.message("dev", 1), Fixtures.left("ops", 2, Fixtures.BOB));
        assertThat(EventsMessage.decode(EventsMessage.encode(events))).isEqualTo(events);
    }

    @Test
    void shouldCarryEveryAnnouncement() {
        for (Announcement<RoomId> announcement : List.<Announcement<RoomId>>of(
                new Announcement.Delta<>("n1", 3, List.of(DEV), List.of()),
                new Announcement.Digest<>("n1", 4),
                new Announcement.All<>("n1", 5, List.of(DEV, new RoomId("ops"))))) {
            assertThat(Announcement.decode(announcement.encode(Subject.ROOMS), Subject.ROOMS))
                    .isEqualTo(announcement);
        }
    }

    @Test
    void shouldCarrySeatsAndSignals() {
        Announcement<Seat> seats = new Announcement.Delta<>("n1", 1, List.of(new Seat(DEV, Fixtures.BOB)), List.of());
        assertThat(Announcement.decode(seats.encode(Subject.SEATS), Subject.SEATS))
                .isEqualTo(seats);
        List<Signal> signals = List.of(
                new Signal.Typing(DEV, Fixtures.BOB),
                new Signal.Read(new ReadMarker(DEV, Fixtures.ALICE, 9, new Unread(7, 2, 1))),
                new Signal.Standing(DEV, Fixtures.BOB));
        assertThat(SignalsMessage.decode(SignalsMessage.encode(signals))).isEqualTo(signals);
    }

    @Test
    void shouldRefuseBrokenMessagesWithoutMakingAnythingOfTheirLengths() {
        Buffer forged = Buffer.buffer().appendInt(Integer.MAX_VALUE);
        assertThatThrownBy(() -> EventsMessage.decode(forged)).isInstanceOf(IllegalArgumentException.class);
        Buffer good = EventsMessage.encode(List.of(Fixtures.message("dev", 1)));
        for (int length = 0; length < good.length(); length++) {
            Buffer cut = good.getBuffer(0, length);
            assertThatThrownBy(() -> EventsMessage.decode(cut)).isInstanceOf(RuntimeException.class);
        }
        byte[] noise = new byte[200];
        new Random(1).nextBytes(noise);
        assertThatThrownBy(() -> Announcement.decode(Buffer.buffer(noise), Subject.ROOMS))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> SignalsMessage.decode(Buffer.buffer(noise))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldKnowWhoHasWhichRoomThroughChangesAndDeaths() {
        RemoteRooms rooms = new RemoteRooms();
        PeerSets<RoomId> peers = new PeerSets<>(rooms);
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

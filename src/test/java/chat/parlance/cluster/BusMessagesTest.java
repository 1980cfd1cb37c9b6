package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.room.Fixtures;
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
    void shouldCarryEveryMessageAboutRooms() {
        for (RoomsMessage message : List.of(
                new RoomsMessage.Delta("n1", 3, List.of(DEV), List.of()),
                new RoomsMessage.Digest("n1", 4),
                new RoomsMessage.All("n1", 5, List.of(DEV, new RoomId("ops"))))) {
            assertThat(RoomsMessage.decode(message.encode())).isEqualTo(message);
        }
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
        assertThatThrownBy(() -> RoomsMessage.decode(Buffer.buffer(noise))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldKnowWhoHasWhichRoomThroughChangesAndDeaths() {
        RemoteRooms rooms = new RemoteRooms();
        rooms.replace("n1", 1, List.of(DEV), 0);
        rooms.replace("n2", 1, List.of(DEV), 1000);
        assertThat(rooms.nodes(DEV)).containsExactlyInAnyOrder("n1", "n2");
        rooms.change("n1", 2, List.of(new RoomId("ops")), List.of(DEV));
        assertThat(rooms.nodes(DEV)).containsExactly("n2");
        assertThat(rooms.version("n1")).isEqualTo(2L);
        rooms.removeSilent(500);
        assertThat(rooms.nodes(new RoomId("ops"))).isEmpty();
        assertThat(rooms.known()).containsExactly("n2");
    }
}

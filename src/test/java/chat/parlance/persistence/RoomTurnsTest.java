package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RoomTurnsTest {

    private static final int CONNECTIONS = 3;

    private long nowNs;
    private final RoomTurns turns = new RoomTurns(CONNECTIONS, () -> nowNs);
    private final List<String> begun = new ArrayList<>();
    private final List<Integer> waits = new ArrayList<>();
    private final Map<String, Promise<Boolean>> underWay = new HashMap<>();
    private final List<String> late = new ArrayList<>();

    @Test
    void shouldGiveARoomOneTurnAtATime() {
        Script room = add("a", 2);
        assertThat(begun).containsExactly("a");
        end("a", true);
        assertThat(begun).containsExactly("a", "a");
        end("a", true);
        assertThat(room.left).isZero();
        assertThat(turns.work(new RoomId("a"))).isNull();
    }

    @Test
    void shouldBeginAsManyTurnsAsThereAreConnections() {
        for (String room : List.of("a", "b", "c", "d")) {
            add(room, 1);
        }
        assertThat(begun).containsExactly("a", "b", "c");
        end("b", true);
        assertThat(begun).containsExactly("a", "b", "c", "d");
    }

    @Test
    void shouldLeaveAConnectionToRoomsThatAreNotStuck() {
        for (String room : List.of("a", "b", "c")) {
            add(room, 1);
        }
        end("a", false);
        end("b", false);
        end("c", false);
        assertThat(underWay).hasSize(CONNECTIONS - 1);
        add("fresh", 1);
        assertThat(begun.getLast()).isEqualTo("fresh");
        assertThat(underWay).hasSize(CONNECTIONS);
    }

    @Test
    void shouldTakeStuckRoomsOneAfterTheOther() {
        for (int i = 0; i < 5; i++) {
            add("room-" + i, 1);
            end("room-" + i, false);
        }
        begun.clear();
        for (int i = 0; i < 10; i++) {
            end(underWay.keySet().stream().sorted().findFirst().orElseThrow(), false);
        }
        Map<String, Integer> turnsOfRoom = new HashMap<>();
        begun.forEach(room -> turnsOfRoom.merge(room, 1, Integer::sum));
        assertThat(turnsOfRoom).hasSize(5);
        assertThat(turnsOfRoom.values()).allSatisfy(count -> assertThat(count).isBetween(1, 3));
    }

    @Test
    void shouldMakeTurnsShorterTheMoreRoomsWait() {
        add("first", 1);
        assertThat(waits).containsExactly(1000);
        for (int i = 0; i < 99; i++) {
            add("room-" + i, 1);
        }
        end("first", true);
        assertThat(waits.getLast()).isEqualTo(50);
    }

    @Test
    void shouldRememberForAWhileThatARoomWasStuck() {
        Script room = add("a", 1);
        room.left = 0;
        end("a", false);
        assertThat(turns.work(new RoomId("a"))).isNull();
        assertThat(turns.wasStuck(new RoomId("a"))).isTrue();
        nowNs = TimeUnit.SECONDS.toNanos(10);
        assertThat(turns.wasStuck(new RoomId("a"))).isFalse();
    }

    @Test
    void shouldForgetThatARoomWasStuckWhenItsLockWasThere() {
        add("a", 1);
        end("a", false);
        end("a", true);
        assertThat(turns.wasStuck(new RoomId("a"))).isFalse();
    }

    @Test
    void shouldGiveUpLateWorkOfRoomsBeforeTheirTurn() {
        for (int i = 0; i < 50; i++) {
            add("room-" + i, 1);
        }
        late.clear();
        nowNs = TimeUnit.MILLISECONDS.toNanos(100);
        end("room-0", false);
        assertThat(late).contains("room-49", "room-0");
    }

    private Script add(String room, int works) {
        Script script = new Script(room, works);
        turns.add(new RoomId(room), script);
        return script;
    }

    private void end(String room, boolean wasUnlocked) {
        Objects.requireNonNull(underWay.remove(room)).complete(wasUnlocked);
    }

    private final class Script implements RoomTurns.Work {

        private final String room;
        private int left;

        Script(String room, int works) {
            this.room = room;
            this.left = works;
        }

        @Override
        public void dropLate() {
            late.add(room);
        }

        @Override
        public boolean isEmpty() {
            return left == 0;
        }

        @Override
        public Future<Boolean> turn(int waitMs) {
            begun.add(room);
            waits.add(waitMs);
            Promise<Boolean> turn = Promise.promise();
            underWay.put(room, turn);
            return turn.future().onSuccess(wasUnlocked -> left -= wasUnlocked ? 1 : 0);
        }
    }
}

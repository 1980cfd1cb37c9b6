package chat.parlance.room;

import static chat.parlance.room.Fixtures.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.NotificationLevel;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomOrder;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferences;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a user's connections are told after a look that could not say what has changed. */
final class UserHubTest {

    private static final RoomId ROOM = ScriptedWorld.ROOM;
    private static final RoomLimits LIMITS = new RoomLimits(8192, 3, 10, 30);

    private final ScriptedWorld world = new ScriptedWorld();
    private final List<RoomId> read = new ArrayList<>();
    private final List<RoomId> told = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private Changes answer = changes(true, false);
    private int outdated;

    private final StoreWatch watch = StoreWatch.start(
            mark -> Future.succeededFuture(answer), world, new StoreWatch.Settings(1000, 3000), world::nowNs);
    private final UserHub hub = new UserHub(new RoomService(world, new Nowhere(), LIMITS), watch, world);

    @Test
    void shouldReadAgainWhatItToldWhenAnotherServerHasTakenOver() {
        addAndTell();
        look(changes(false, true));
        assertThat(read).containsExactly(ROOM, ROOM);
        assertThat(told).containsExactly(ROOM);
        assertThat(outdated).isZero();
    }

    @Test
    void shouldSendTheConnectionsAwayWhenAnythingMayHaveChanged() {
        addAndTell();
        look(changes(false, true));
        look(changes(false, false));
        assertThat(outdated).isEqualTo(1);
    }

    @Test
    void shouldTellPreferencesOnceAndNoneThatAreOlderThanThoseThatWereTold() {
        hub.add(ALICE, new Connection());
        look(preferring(starred(5), sorted(7)));
        hub.tell(starred(5));
        hub.tell(starred(4));
        hub.tell(sorted(7));
        look(preferring(starred(6), sorted(7)));
        assertThat(signals).containsExactly(starred(5), sorted(7), starred(6));
    }

    @Test
    void shouldForgetTheRevisionWithTheMembership() {
        addAndTell();
        hub.tell(starred(5));
        hub.refresh(ROOM, ALICE);
        hub.tell(starred(3));
        assertThat(signals).containsExactly(starred(5), starred(3));
    }

    @Test
    void shouldSendAwayWhoWasToldPreferencesThatAnotherServerMayLack() {
        addAndTell();
        hub.tell(starred(5));
        look(changes(false, true));
        assertThat(outdated).isEqualTo(1);
    }

    private static Signal.Preferred starred(long revision) {
        return new Signal.RoomPreferred(ROOM, ALICE, new RoomPreferences(true, NotificationLevel.ALL, 0, revision));
    }

    private static Signal.Preferred sorted(long revision) {
        return new Signal.UserPreferred(ALICE, new UserPreferences(RoomOrder.NAME, Set.of(), revision));
    }

    private static Changes preferring(Signal.Preferred... preferred) {
        return new Changes("1", true, false, false, Map.of(), List.of(), List.of(), List.of(preferred), Set.of());
    }

    private void addAndTell() {
        hub.add(ALICE, new Connection());
        look(changes(true, false));
        hub.refresh(ROOM, ALICE);
        assertThat(told).containsExactly(ROOM);
    }

    private void look(Changes next) {
        answer = next;
        world.pass(1000);
    }

    private static Changes changes(boolean complete, boolean failedOver) {
        return new Changes("1", complete, failedOver, false, Map.of(), List.of(), List.of(), List.of(), Set.of());
    }

    /** Rooms that nobody is in. */
    private final class Nowhere implements AccessOnly {

        @Override
        public Future<Optional<Access>> access(RoomId room, UserId user, Range range) {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Optional<Room>> find(RoomId room, UserId user) {
            read.add(room);
            return Future.succeededFuture(Optional.empty());
        }
    }

    private final class Connection implements UserConnection {

        @Override
        public void signal(Signal.Shown signal) {
            signals.add(signal);
        }

        @Override
        public void standingChanged(RoomId room, @Nullable Room seen) {
            told.add(room);
        }

        @Override
        public void outdated() {
            outdated++;
        }
    }
}

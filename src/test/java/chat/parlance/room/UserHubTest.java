package chat.parlance.room;

import static chat.parlance.room.Fixtures.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.NotificationLevel;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomOrder;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.SavedMark;
import chat.parlance.model.Target;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.ThreadPage;
import chat.parlance.model.ThreadPlace;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferences;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Frames to a user's connections after an incomplete poll. */
final class UserHubTest {

    private static final RoomId ROOM = ScriptedWorld.ROOM;
    private static final RoomLimits LIMITS = new RoomLimits(8192, 3, 10, 30);

    private final ScriptedWorld world = new ScriptedWorld();
    private final List<RoomId> read = new ArrayList<>();
    private final List<RoomId> told = new ArrayList<>();
    private final List<Signal.Shown> signals = new ArrayList<>();
    private ChangeSet answer = changes(true, false);
    private int outdated;
    private boolean isSaved;

    private final StorePoll watch = StorePoll.start(
            mark -> Future.succeededFuture(answer), world, new WatchSettings(1000, 3000, 10_000), world::nowNs);
    private final RoomService rooms = new RoomService(world, new Nowhere(), LIMITS);
    private final Threads threads = new Threads();
    private final UserHub hub = new UserHub(rooms, new ThreadService(rooms, threads, new Deaf()), watch, world);

    @Test
    void shouldReloadReportedStatesAfterAFailover() {
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
    void shouldDisconnectClientsWithPreferencesThatAFailoverMayHaveLost() {
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

    private static ChangeSet preferring(Signal.Preferred... preferred) {
        return new ChangeSet(
                "1",
                true,
                false,
                false,
                Map.of(),
                List.of(),
                List.of(),
                List.of(preferred),
                List.of(),
                List.of(),
                Set.of());
    }

    @Test
    void shouldTellOfThreadsAndSavedMessagesThatTheBusHasNotToldOfAndOnce() {
        hub.add(ALICE, new Connection());
        threads.now = thread(true, 2);
        look(changed());
        assertThat(signals)
                .containsExactlyInAnyOrder(
                        new Signal.ThreadState(thread(true, 2)),
                        new Signal.Saved(new SavedMark(ROOM, ALICE, 5, false)));
        look(changed());
        assertThat(signals).hasSize(2);
        threads.now = thread(false, 0);
        look(changed());
        assertThat(signals).hasSize(3).last().isEqualTo(new Signal.ThreadState(thread(false, 0)));
        isSaved = true;
        look(changed());
        assertThat(signals).hasSize(4).last().isEqualTo(new Signal.Saved(new SavedMark(ROOM, ALICE, 5, true)));
    }

    @Test
    void shouldNotTellAgainOfAThreadThatTheBusHasToldOf() {
        hub.add(ALICE, new Connection());
        hub.tell(new Signal.ThreadState(thread(true, 2)));
        hub.tell(new Signal.Saved(new SavedMark(ROOM, ALICE, 5, false)));
        threads.now = thread(true, 2);
        look(changed());
        assertThat(signals).hasSize(2);
    }

    @Test
    void shouldTellOfAMarkerThatHasGoneBackAndNotOfOneOfAnEarlierTurn() {
        hub.add(ALICE, new Connection());
        Signal.Read forth = marker(0, 9);
        Signal.Read back = marker(1, 3);
        hub.tell(forth);
        hub.tell(back);
        hub.tell(forth);
        hub.tell(marker(0, 12));
        hub.tell(marker(1, 4));
        assertThat(signals).containsExactly(forth, back, marker(1, 4));
    }

    private static Signal.Read marker(int turn, long seq) {
        return new Signal.Read(new ReadMarker(ROOM, ALICE, 12, new Unread(seq, 0, 0, turn)));
    }

    private static ThreadMarker thread(boolean following, int unread) {
        return new ThreadMarker(ROOM, ALICE, 3, following, 9, new Unread(4, unread, 0));
    }

    private ChangeSet changed() {
        return new ChangeSet(
                "1",
                true,
                false,
                false,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new ChangeSet.ThreadOf(ROOM, ALICE, 3)),
                List.of(new SavedMark(ROOM, ALICE, 5, isSaved)),
                Set.of());
    }

    private void addAndTell() {
        hub.add(ALICE, new Connection());
        look(changes(true, false));
        hub.refresh(ROOM, ALICE);
        assertThat(told).containsExactly(ROOM);
    }

    private void look(ChangeSet next) {
        answer = next;
        world.pass(1000);
    }

    private static ChangeSet changes(boolean complete, boolean failedOver) {
        return new ChangeSet(
                "1",
                complete,
                failedOver,
                false,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
    }

    /** One scripted thread. */
    private static final class Threads implements ThreadStore {

        private ThreadMarker now = thread(false, 0);

        @Override
        public Future<Optional<ThreadMarker>> find(UserId user, RoomId room, long message) {
            return Future.succeededFuture(Optional.of(now));
        }

        @Override
        public Future<Optional<ThreadMarker>> follow(UserId user, RoomId room, long message, boolean following) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Optional<ThreadMarker>> markRead(UserId user, RoomId room, long message, Target target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<ThreadPage> list(UserId user, @Nullable ThreadPlace after, int limit) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Deaf implements SignalBus {

        @Override
        public void publish(Signal signal) {}

        @Override
        public Registration listen(Consumer<Signal> listener) {
            return () -> {};
        }
    }

    /** Rooms without members. */
    private final class Nowhere implements AccessOnly {

        @Override
        public Future<Optional<RoomAccess>> access(RoomId room, UserId user, Range range) {
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
        public void membershipChanged(RoomId room, @Nullable Room seen) {
            told.add(room);
        }

        @Override
        public void outdated() {
            outdated++;
        }
    }
}

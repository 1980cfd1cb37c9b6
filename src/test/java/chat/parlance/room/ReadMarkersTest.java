package chat.parlance.room;

import static chat.parlance.room.Fixtures.ALICE;
import static chat.parlance.room.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.Target;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Moves of read markers that are written together, on a clock that the test sets. */
final class ReadMarkersTest {

    private static final int INTERVAL_MS = 500;
    private static final RoomId ROOM = ScriptedWorld.ROOM;

    private final ScriptedWorld world = new ScriptedWorld();
    private final Markers store = new Markers();
    private final List<ReadMarker> told = new ArrayList<>();
    private final ReadMarkers markers = new ReadMarkers(
            new RoomService(world, store, new RoomLimits(8192, 3, 10, 30)),
            new Told(),
            world,
            new SignalLimits(INTERVAL_MS, 2000, 6000));

    @Test
    void shouldWriteTheFirstMoveAtOnceAndThoseOfAnIntervalTogether() {
        assertThat(move(ALICE, 3, null)).isEqualTo("3");
        Future<ReadMarker> near = markers.move(ALICE, ROOM, new Target(4, null));
        Future<ReadMarker> far = markers.move(ALICE, ROOM, right(7));
        assertThat(near.isComplete()).isFalse();
        world.pass(INTERVAL_MS);
        assertThat(store.writes).containsExactly(Set.of(new Target(3, null)), Set.of(new Target(4, null), right(7)));
        assertThat(answer(near)).isEqualTo("7");
        assertThat(answer(far)).isEqualTo("7");
        assertThat(told).extracting(marker -> marker.unread().readSeq()).containsExactly(3L, 7L);
    }

    @Test
    void shouldRefuseOnlyTheWrongStampAndWriteTheFurthestProvedMove() {
        move(ALICE, 1, null);
        Future<ReadMarker> wrong = markers.move(ALICE, ROOM, wrong(9));
        Future<ReadMarker> rightful = markers.move(ALICE, ROOM, right(5));
        Future<ReadMarker> typed = markers.move(ALICE, ROOM, new Target(4, null));
        Future<ReadMarker> others = markers.move(BOB, ROOM, right(9));
        assertThat(answer(others)).isEqualTo("9");
        world.pass(INTERVAL_MS);
        assertThat(answer(wrong)).isEqualTo("history.changed");
        assertThat(answer(rightful)).isEqualTo("5");
        assertThat(answer(typed)).isEqualTo("5");
    }

    @Test
    void shouldNotReportAMarkerThatDidNotMove() {
        assertThat(move(ALICE, 5, new Stamp(99))).isEqualTo("history.changed");
        assertThat(told).isEmpty();
        Future<ReadMarker> next = markers.move(ALICE, ROOM, right(5));
        world.pass(INTERVAL_MS);
        assertThat(answer(next)).isEqualTo("5");
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldAnswerEqualMovesByOneWrite() {
        move(ALICE, 1, null);
        Future<ReadMarker> one = markers.move(ALICE, ROOM, right(5));
        Future<ReadMarker> same = markers.move(ALICE, ROOM, right(5));
        world.pass(INTERVAL_MS);
        assertThat(store.writes.getLast()).hasSize(1);
        assertThat(answer(one)).isEqualTo("5");
        assertThat(answer(same)).isEqualTo("5");
    }

    @Test
    void shouldAnswerAllMovesOfAFailedWriteAndGoOn() {
        move(ALICE, 1, null);
        Future<ReadMarker> one = markers.move(ALICE, ROOM, right(5));
        Future<ReadMarker> other = markers.move(ALICE, ROOM, wrong(6));
        store.failing = true;
        world.pass(INTERVAL_MS);
        assertThat(answer(one)).isEqualTo("storage.unavailable");
        assertThat(answer(other)).isEqualTo("storage.unavailable");
        store.failing = false;
        Future<ReadMarker> retry = markers.move(ALICE, ROOM, right(5));
        world.pass(INTERVAL_MS);
        assertThat(answer(retry)).isEqualTo("5");
    }

    @Test
    void shouldHoldMovesBackWhileAWriteIsOnItsWay() {
        store.held = Promise.promise();
        Future<ReadMarker> first = markers.move(ALICE, ROOM, right(3));
        world.pass(INTERVAL_MS);
        markers.move(ALICE, ROOM, right(4));
        assertThat(store.writes).hasSize(1);
        store.held.complete();
        assertThat(answer(first)).isEqualTo("3");
        world.pass(INTERVAL_MS);
        assertThat(store.writes).hasSize(2);
    }

    private String move(UserId user, long seq, @Nullable Stamp stamp) {
        return answer(markers.move(user, ROOM, new Target(seq, stamp)));
    }

    private static Target right(long seq) {
        return new Target(seq, Fixtures.stamp(seq));
    }

    private static Target wrong(long seq) {
        return new Target(seq, Fixtures.stamp(seq + 1));
    }

    /** Position of the marker, or the code of the refusal. */
    @Test
    void shouldMoveBackAfterTheMovesThatWereAskedForBefore() {
        store.held = Promise.promise();
        Future<ReadMarker> first = markers.move(ALICE, ROOM, new Target(5, null));
        Future<ReadMarker> waiting = markers.move(ALICE, ROOM, new Target(7, null));
        Future<ReadMarker> back = markers.moveBack(ALICE, ROOM, right(3));
        assertThat(store.back).as("while the first is on its way").isEmpty();
        store.held.complete();
        world.pass(0);
        assertThat(store.back).containsExactly(right(3));
        assertThat(answer(first)).isEqualTo("5");
        assertThat(answer(back)).isEqualTo("2");
        assertThat(answer(waiting)).isEqualTo("7");
        world.pass(INTERVAL_MS);
        assertThat(store.writes).as("nothing goes forward again").hasSize(2);
        assertThat(told).extracting(marker -> marker.unread().turn()).containsExactly(0, 0, 1);
    }

    private static String answer(Future<ReadMarker> move) {
        assertThat(move.isComplete()).isTrue();
        return move.succeeded()
                ? "" + move.result().unread().readSeq()
                : ChatException.of(move.cause()).code().code();
    }

    /** Markers of one room, whose events have the stamps of {@link Fixtures}. */
    private static final class Markers implements AccessOnly {

        private final List<Set<Target>> writes = new ArrayList<>();
        private Promise<Void> held = Promise.promise();
        private final List<Target> back = new ArrayList<>();
        private boolean failing;

        Markers() {
            held.complete();
        }

        @Override
        public Future<Optional<MovedMarker>> markRead(RoomId room, UserId user, Set<Target> targets) {
            writes.add(Set.copyOf(targets));
            if (failing) {
                return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
            }
            Set<Target> refused = targets.stream()
                    .filter(target -> target.stamp() != null && !target.stamp().equals(Fixtures.stamp(target.seq())))
                    .collect(Collectors.toSet());
            long furthest = targets.stream()
                    .filter(target -> !refused.contains(target))
                    .mapToLong(Target::seq)
                    .max()
                    .orElse(0);
            ReadMarker marker = new ReadMarker(room, user, 10, new Unread(furthest, 0, 0));
            return held.future().map(Optional.of(new MovedMarker(marker, refused)));
        }

        @Override
        public Future<Optional<ReadMarker>> markUnread(RoomId room, UserId user, Target target) {
            back.add(target);
            return Future.succeededFuture(
                    Optional.of(new ReadMarker(room, user, 10, new Unread(target.seq() - 1, 8, 0, 1))));
        }

        @Override
        public Future<Optional<RoomAccess>> access(RoomId room, UserId user, Range range) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Told implements SignalBus {

        @Override
        public void publish(Signal signal) {
            if (signal instanceof Signal.Read read) {
                told.add(read.marker());
            }
        }

        @Override
        public Registration listen(Consumer<Signal> listener) {
            return () -> {};
        }
    }
}

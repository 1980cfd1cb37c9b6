package chat.parlance.room;

import static chat.parlance.room.Fixtures.ALICE;
import static chat.parlance.room.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Cursor;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.operations.Metrics;
import chat.parlance.testing.Counters;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The hub in a world that does what the test says. */
final class RoomHubTest {

    private static final RoomId ROOM = ScriptedWorld.ROOM;
    private static final RoomLimits LIMITS = new RoomLimits(8192, 3, 10, 30);

    private static final StoreWatch.Settings WATCH = new StoreWatch.Settings(1000, 3000);

    private final ScriptedWorld world = new ScriptedWorld();
    private final StoreWatch watch = StoreWatch.start(world, world, WATCH, world::nowNs);
    private final Metrics metrics = new Metrics();
    private final RoomHub hub = new RoomHub(
            new RoomService(world, world, LIMITS), world, world, watch, watch::isCurrent, world, LIMITS, metrics);

    @Test
    void shouldShowTheNewestToWhoJoinsWithoutSince() {
        world.commit(5);
        Reader reader = world.join(hub, ALICE, null);
        assertThat(reader.seqs()).containsExactly(3L, 4L, 5L);
    }

    @Test
    void shouldResumeWithoutLossOrDouble() {
        world.commit(5);
        Reader reader = world.join(hub, ALICE, 2L);
        world.publish(6);
        assertThat(reader.seqs()).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void shouldJoinCatchUpAndLiveAtTheSeam() {
        world.commit(5);
        world.join(hub, BOB, null);
        world.holdReads();
        Reader reader = world.join(hub, ALICE, 1L);
        world.publish(6);
        world.publish(7);
        world.releaseReads();
        world.publish(8);
        assertThat(reader.seqs())
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 8).boxed().toList());
    }

    @Test
    void shouldNotReadAgainWhatCameWhileThePageWasRead() {
        world.commit(5);
        world.join(hub, BOB, null);
        world.holdReads();
        Reader reader = world.join(hub, ALICE, 1L);
        world.publish(6);
        world.publish(7);
        world.setFailing(true);
        world.releaseReads();
        assertThat(reader.seqs())
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 7).boxed().toList());
    }

    @Test
    void shouldReadWhatIsMoreThanIsKeptForWhoCatchesUp() {
        world.commit(5);
        world.join(hub, BOB, null);
        world.holdReads();
        Reader reader = world.join(hub, ALICE, 1L);
        LongStream.rangeClosed(6, 600).forEach(world::publish);
        world.releaseReads();
        assertThat(reader.seqs())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 600).boxed().toList());
    }

    @Test
    void shouldResetWhoIsTooFarBehind() {
        world.commit(50);
        Reader reader = world.join(hub, ALICE, 1L);
        world.publish(51);
        assertThat(reader.resets()).containsExactly("1-50");
        assertThat(reader.seqs()).containsExactly(51L);
    }

    @Test
    void shouldReadAHoleFromTheStoreAfterTheGrace() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(2);
        world.publish(3);
        assertThat(reader.seqs()).isEmpty();
        world.pass(LIMITS.gapGraceMs());
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L);
        assertThat(counted("parlance_gap_reads_total")).isEqualTo(1);
    }

    @Test
    void shouldReadWhatIsMoreThanIsKeptEarly() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(1);
        int last = EventSequence.MAX_EARLY + 2 * LIMITS.catchUpLimit();
        LongStream.rangeClosed(2, last).forEach(world::publish);
        world.pass(LIMITS.gapGraceMs());
        assertThat(reader.seqs())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, last).boxed().toList());
        assertThat(counted("parlance_gap_reads_total"))
                .as("pages: one for the hole, two for what was dropped")
                .isEqualTo(3);
    }

    @Test
    void shouldLearnFromTheHeadsWhatADeafBusKeptBack() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        passALook();
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(counted("parlance_gap_reads_total")).isEqualTo(1);
    }

    @Test
    void shouldLeaveToTheBusWhatIsOnItsWayDuringALook() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(1);
        world.pass(WATCH.intervalMs());
        world.deliver(List.of(Fixtures.message("dev", 1)));
        world.pass(LIMITS.gapGraceMs());
        assertThat(reader.seqs()).containsExactly(1L);
        assertThat(counted("parlance_gap_reads_total")).isZero();
    }

    @Test
    void shouldGoOnReadingAfterTheStoreFailed() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        world.setFailing(true);
        passALook();
        world.setFailing(false);
        passALook();
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldShowNothingWhileItMayBeStaleAndAllOfItAfterwards() {
        Reader reader = world.join(hub, ALICE, null);
        world.freeze(WATCH.leaseMs());
        world.publish(1);
        assertThat(reader.seqs()).isEmpty();
        assertThat(hub.join(new Reader(BOB), ROOM, null).failed()).isTrue();
        assertThat(counted("parlance_fenced_events_total")).isEqualTo(1);
        passALook();
        assertThat(reader.seqs()).containsExactly(1L);
    }

    @Test
    void shouldNotShowWhatWasReadBeforeItBecameStale() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(2);
        world.publish(3);
        world.holdReads();
        world.pass(LIMITS.gapGraceMs());
        world.freeze(WATCH.leaseMs());
        world.releaseReads();
        assertThat(reader.seqs()).isEmpty();
        passALook();
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldCompareAllHeadsWhenTheLogDoesNotGoBackSoFar() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        world.pruneLog();
        passALook();
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldTakeBackWhatTheStoreDoesNotHave() {
        Reader reader = world.join(hub, ALICE, null);
        world.deliver(List.of(Fixtures.message("dev", 1)));
        passALook();
        passALook();
        assertThat(reader.resets()).containsExactly("0-0");
        assertThat(counted("parlance_rewinds_total")).isEqualTo(1);
        world.publish(1);
        assertThat(reader.seqs()).containsExactly(1L, 1L);
    }

    @Test
    void shouldEndTheSubscriptionsOfWhoLeft() {
        Reader alice = world.join(hub, ALICE, null);
        Reader bob = world.join(hub, BOB, null);
        world.append(Fixtures.left("dev", 1, BOB));
        world.publish(2);
        assertThat(bob.seqs()).containsExactly(1L);
        assertThat(bob.removals()).containsExactly(ROOM);
        assertThat(alice.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void shouldTakeBackWhatTheStoreHasLostWhenALookTellsOfLess() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.publish(2);
        passALook();
        world.lose(1);
        passALook();
        assertThat(reader.resets()).containsExactly("0-1");
        world.publish(2);
        assertThat(reader.seqs()).containsExactly(1L, 2L, 2L);
    }

    @Test
    void shouldNotWaitForWhatTheStoreHasLostBeforeItWasRead() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        passALook();
        world.commit(3);
        world.holdReads();
        passALook();
        world.setFailing(true);
        world.releaseReads();
        world.lose(1);
        world.setFailing(false);
        passALook();
        passALook();
        long asked = world.asked();
        passALook();
        assertThat(world.asked()).as("a look alone").isEqualTo(asked + 1);
        world.publish(2);
        assertThat(reader.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void shouldResumeWhereTheEventIsTheSame() {
        world.commit(5);
        Reader reader = world.resume(hub, ALICE, new Since(3, world.event(3).stamp()));
        assertThat(reader.resets()).isEmpty();
        assertThat(reader.seqs()).containsExactly(4L, 5L);
    }

    @Test
    void shouldResetToTheBeginningWhoNamesAnotherEvent() {
        world.commit(9);
        Stamp lost = world.event(7).stamp();
        world.lose(6);
        world.commit(9);
        Reader reader = world.resume(hub, ALICE, new Since(7, lost));
        world.publish(10);
        assertThat(reader.resets()).containsExactly("0-9");
        assertThat(reader.seqs()).containsExactly(10L);
    }

    @Test
    void shouldResetToTheBeginningWhoHasMoreThanThereIs() {
        world.commit(5);
        assertThat(world.join(hub, ALICE, 6L).resets()).containsExactly("0-5");
        assertThat(world.resume(hub, ALICE, new Since(6, new Stamp(6))).resets())
                .containsExactly("0-5");
    }

    @Test
    void shouldProveTheEventOfWhoIsTooFarBehind() {
        world.commit(50);
        assertThat(world.resume(hub, ALICE, new Since(1, world.event(1).stamp()))
                        .resets())
                .containsExactly("1-50");
        assertThat(world.resume(hub, ALICE, new Since(1, new Stamp(99))).resets())
                .containsExactly("0-50");
    }

    @Test
    void shouldNotShowAnEventThatDoesNotFollowTheLastOne() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.deliver(List.of(Fixtures.message("dev", new Cursor(1, new Stamp(99)), new Stamp(100))));
        world.pass(LIMITS.gapGraceMs());
        assertThat(reader.seqs()).containsExactly(1L);
        assertThat(reader.resets()).isEmpty();
        assertThat(counted("parlance_gap_reads_total")).isEqualTo(1);
        world.publish(2);
        assertThat(reader.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void shouldAskOnceForAnEventThatDoesNotExist() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.deliver(List.of(Fixtures.message("dev", 1_000_000_000_000L)));
        world.pass(LIMITS.gapGraceMs());
        long asked = world.asked();
        world.pass(LIMITS.gapGraceMs());
        world.publish(2);
        world.pass(LIMITS.gapGraceMs());
        assertThat(world.asked()).isEqualTo(asked);
        assertThat(reader.seqs()).containsExactly(1L, 2L);
    }

    /** The node of another writer brings the first event of a restored database, which continues what this node never saw. */
    @Test
    void shouldNotPutANewEventBehindLostOnes() {
        Reader reader = world.join(hub, ALICE, null);
        LongStream.rangeClosed(1, 5).forEach(world::publish);
        passALook();
        world.lose(3);
        world.commit(5);
        world.publish(6);
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
        world.pass(LIMITS.gapGraceMs());
        assertThat(reader.resets()).containsExactly("0-6");
        world.publish(7);
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 7L);
    }

    @Test
    void shouldTakeBackALostEventWhoseSeqAnotherHasTaken() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.publish(2);
        passALook();
        world.lose(1);
        world.commit(2);
        passALook();
        assertThat(reader.resets()).containsExactly("0-2");
        world.publish(3);
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldCompareAllRoomsAfterAnOutage() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.publish(2);
        passALook();
        world.lose(1);
        world.commit(2);
        world.hideChanges();
        passALook();
        assertThat(reader.resets()).as("a look that tells of nothing").isEmpty();
        world.freeze(WATCH.leaseMs());
        passALook();
        assertThat(reader.resets()).containsExactly("0-2");
    }

    @Test
    void shouldResetWhoCatchesUpInAHistoryThatIsLost() {
        world.commit(5);
        Reader live = world.join(hub, BOB, null);
        world.holdReads();
        Reader late = world.join(hub, ALICE, 1L);
        LongStream.rangeClosed(6, 600).forEach(world::publish);
        world.lose(3);
        world.commit(600);
        world.releaseReads();
        assertThat(late.seqs()).containsExactly(2L, 3L, 4L, 5L);
        assertThat(late.resets()).containsExactly("0-600");
        assertThat(live.resets()).containsExactly("0-600");
        world.publish(601);
        assertThat(late.seqs()).endsWith(601L);
        assertThat(live.seqs()).endsWith(601L);
    }

    @Test
    void shouldPutOutWhoseMembershipIsLost() {
        Reader alice = world.join(hub, ALICE, null);
        Reader bob = world.join(hub, BOB, null);
        world.publish(1);
        world.publish(2);
        passALook();
        world.lose(1);
        world.forget(BOB);
        passALook();
        world.publish(2);
        assertThat(bob.removals()).containsExactly(ROOM);
        assertThat(bob.seqs()).containsExactly(1L, 2L);
        assertThat(alice.removals()).isEmpty();
        assertThat(alice.seqs()).containsExactly(1L, 2L, 2L);
    }

    @Test
    void shouldEndTheSubscriptionsOfWhoLeavesWhereAnotherHistoryIsShorter() {
        world.commit(5);
        Reader bob = world.join(hub, BOB, null);
        passALook();
        world.lose(2);
        passALook();
        assertThat(bob.resets()).containsExactly("0-2");
        world.append(Fixtures.left("dev", world.head(), BOB));
        assertThat(bob.removals()).containsExactly(ROOM);
    }

    @Test
    void shouldGiveARemovedMemberNothingThatCameTogetherWithItsRemoval() {
        Reader alice = world.join(hub, ALICE, null);
        Reader bob = world.join(hub, BOB, null);
        world.commit(Fixtures.left("dev", 1, BOB));
        world.commit(3);
        passALook();
        assertThat(bob.seqs()).containsExactly(1L);
        assertThat(bob.removals()).containsExactly(ROOM);
        assertThat(alice.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldGiveARemovedMemberThatCatchesUpNothingAfterItsRemoval() {
        world.join(hub, ALICE, null);
        world.holdReads();
        Reader bob = world.join(hub, BOB, 0L);
        world.append(Fixtures.left("dev", 1, BOB));
        world.publish(2);
        world.releaseReads();
        assertThat(bob.seqs()).containsExactly(1L);
        assertThat(bob.removals()).containsExactly(ROOM);
    }

    @Test
    void shouldLetNobodyInByAnAnswerThatBecameStale() {
        world.commit(2);
        world.holdReads();
        Future<Subscription> joining = hub.join(new Reader(ALICE), ROOM, null);
        world.freeze(WATCH.leaseMs());
        world.releaseReads();
        assertThat(ChatException.of(joining.cause()).code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        assertThat(hub.liveRooms()).isZero();
    }

    @Test
    void shouldStopListeningWhenTheLastOneGoes() {
        Reader reader = world.join(hub, ALICE, null);
        assertThat(world.entered()).containsExactly(ROOM);
        reader.leave();
        assertThat(world.entered()).isEmpty();
        assertThat(hub.liveRooms()).isZero();
    }

    /** Until the next look at the store has told what it saw, and what the bus did not bring has been read. */
    private void passALook() {
        world.pass(WATCH.intervalMs());
        world.pass(LIMITS.gapGraceMs());
    }

    private double counted(String name) {
        return Counters.in(metrics.scrape(), name);
    }
}

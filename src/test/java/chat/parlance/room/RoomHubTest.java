package chat.parlance.room;

import static chat.parlance.room.Fixtures.ALICE;
import static chat.parlance.room.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The hub in a world that does what the test says. */
final class RoomHubTest {

    private static final RoomId ROOM = ScriptedWorld.ROOM;

    private final ScriptedHub scripted = new ScriptedHub();
    private final ScriptedWorld world = scripted.world();
    private final RoomHub hub = scripted.hub();

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
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L);
        assertThat(scripted.counted("parlance_gap_reads_total")).isEqualTo(1);
    }

    @Test
    void shouldReadWhatIsMoreThanIsKeptEarly() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(1);
        int last = EventSequence.MAX_EARLY + 2 * ScriptedHub.LIMITS.catchUpLimit();
        LongStream.rangeClosed(2, last).forEach(world::publish);
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        assertThat(reader.seqs())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, last).boxed().toList());
        assertThat(scripted.counted("parlance_gap_reads_total"))
                .as("pages: one for the hole, two for what was dropped")
                .isEqualTo(3);
    }

    @Test
    void shouldLearnFromTheHeadsWhatADeafBusKeptBack() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        scripted.poll();
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(scripted.counted("parlance_gap_reads_total")).isEqualTo(1);
    }

    @Test
    void shouldLeaveToTheBusWhatIsOnItsWayDuringALook() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(1);
        world.pass(ScriptedHub.WATCH.intervalMs());
        world.deliver(List.of(Fixtures.message("dev", 1)));
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        assertThat(reader.seqs()).containsExactly(1L);
        assertThat(scripted.counted("parlance_gap_reads_total")).isZero();
    }

    @Test
    void shouldGoOnReadingAfterTheStoreFailed() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        world.setFailing(true);
        scripted.poll();
        world.setFailing(false);
        scripted.poll();
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldShowNothingWhileItMayBeStaleAndAllOfItAfterwards() {
        Reader reader = world.join(hub, ALICE, null);
        world.freeze(ScriptedHub.WATCH.leaseMs());
        world.publish(1);
        assertThat(reader.seqs()).isEmpty();
        assertThat(hub.join(new Reader(BOB), ROOM, null).failed()).isTrue();
        assertThat(scripted.counted("parlance_fenced_events_total")).isEqualTo(1);
        scripted.poll();
        assertThat(reader.seqs()).containsExactly(1L);
    }

    @Test
    void shouldNotShowWhatWasReadBeforeItBecameStale() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(2);
        world.publish(3);
        world.holdReads();
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        world.freeze(ScriptedHub.WATCH.leaseMs());
        world.releaseReads();
        assertThat(reader.seqs()).isEmpty();
        scripted.poll();
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldCompareAllHeadsWhenTheLogDoesNotGoBackSoFar() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        world.pruneLog();
        scripted.poll();
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L);
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
    void shouldGiveARemovedMemberNothingThatCameTogetherWithItsRemoval() {
        Reader alice = world.join(hub, ALICE, null);
        Reader bob = world.join(hub, BOB, null);
        world.commit(Fixtures.left("dev", 1, BOB));
        world.commit(3);
        scripted.poll();
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
        world.freeze(ScriptedHub.WATCH.leaseMs());
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
}

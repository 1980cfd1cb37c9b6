package chat.parlance.room;

import static chat.parlance.room.Fixtures.ALICE;
import static chat.parlance.room.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Cursor;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The hub whose store has lost events, or has another history than the one that was shown. */
final class RoomHubHistoryTest {

    private static final RoomId ROOM = ScriptedWorld.ROOM;

    private final ScriptedHub scripted = new ScriptedHub();
    private final ScriptedWorld world = scripted.world();
    private final RoomHub hub = scripted.hub();

    @Test
    void shouldTakeBackWhatTheStoreDoesNotHave() {
        Reader reader = world.join(hub, ALICE, null);
        world.deliver(List.of(Fixtures.message("dev", 1)));
        scripted.poll();
        scripted.poll();
        assertThat(reader.resets()).containsExactly("0-0");
        assertThat(scripted.counted("parlance_rewinds_total")).isEqualTo(1);
        world.publish(1);
        assertThat(reader.seqs()).containsExactly(1L, 1L);
    }

    @Test
    void shouldTakeBackWhatTheStoreHasLostWhenALookTellsOfLess() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.publish(2);
        scripted.poll();
        world.lose(1);
        scripted.poll();
        assertThat(reader.resets()).containsExactly("0-1");
        world.publish(2);
        assertThat(reader.seqs()).containsExactly(1L, 2L, 2L);
    }

    @Test
    void shouldNotWaitForWhatTheStoreHasLostBeforeItWasRead() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        scripted.poll();
        world.commit(3);
        world.holdReads();
        scripted.poll();
        world.setFailing(true);
        world.releaseReads();
        world.lose(1);
        world.setFailing(false);
        scripted.poll();
        scripted.poll();
        long asked = world.asked();
        scripted.poll();
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
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        assertThat(reader.seqs()).containsExactly(1L);
        assertThat(reader.resets()).isEmpty();
        assertThat(scripted.counted("parlance_gap_reads_total")).isEqualTo(1);
        world.publish(2);
        assertThat(reader.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void shouldAskOnceForAnEventThatDoesNotExist() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.deliver(List.of(Fixtures.message("dev", 1_000_000_000_000L)));
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        long asked = world.asked();
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        world.publish(2);
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        assertThat(world.asked()).isEqualTo(asked);
        assertThat(reader.seqs()).containsExactly(1L, 2L);
    }

    /** The node of another writer brings the first event of a restored database, which continues what this node never saw. */
    @Test
    void shouldNotPutANewEventBehindLostOnes() {
        Reader reader = world.join(hub, ALICE, null);
        LongStream.rangeClosed(1, 5).forEach(world::publish);
        scripted.poll();
        world.lose(3);
        world.commit(5);
        world.publish(6);
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
        world.pass(ScriptedHub.LIMITS.gapGraceMs());
        assertThat(reader.resets()).containsExactly("0-6");
        world.publish(7);
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 7L);
    }

    @Test
    void shouldTakeBackALostEventWhoseSeqAnotherHasTaken() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.publish(2);
        scripted.poll();
        world.lose(1);
        world.commit(2);
        scripted.poll();
        assertThat(reader.resets()).containsExactly("0-2");
        world.publish(3);
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldCompareAllRoomsAfterAnOutage() {
        Reader reader = world.join(hub, ALICE, null);
        world.publish(1);
        world.publish(2);
        scripted.poll();
        world.lose(1);
        world.commit(2);
        world.hideChanges();
        scripted.poll();
        assertThat(reader.resets()).as("a look that tells of nothing").isEmpty();
        world.freeze(ScriptedHub.WATCH.leaseMs());
        scripted.poll();
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
        scripted.poll();
        world.lose(1);
        world.forget(BOB);
        scripted.poll();
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
        scripted.poll();
        world.lose(2);
        scripted.poll();
        assertThat(bob.resets()).containsExactly("0-2");
        world.append(Fixtures.left("dev", world.head(), BOB));
        assertThat(bob.removals()).containsExactly(ROOM);
    }
}

package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody.MembershipChanged;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.operations.Metrics;
import chat.parlance.persistence.JoinWriter.Join;
import chat.parlance.room.NodeBus;
import chat.parlance.testing.Counters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RoomJoinsTest {

    private static final RoomId ROOM = new RoomId("garden");
    private static final RoomId OTHER = new RoomId("kitchen");
    private static final int MAX_WAITING = 8;
    private static final int LOCK_TIMEOUT_MS = 500;
    private static final JoinOutcome LOCKED = new JoinOutcome.Locked();

    /** A batch under way. Its answer comes on the event loop, after what the test has sent before. */
    private record Write(List<Join> batch, int waitMs, Promise<List<JoinOutcome>> promise, Context context) {

        void answer(JoinOutcome... outcomes) {
            context.runOnContext(turn -> promise.complete(List.of(outcomes)));
        }

        void fail(RuntimeException failure) {
            context.runOnContext(turn -> promise.fail(failure));
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Metrics metrics = new Metrics();
    private final AtomicLong nowNs = new AtomicLong();
    private final BlockingQueue<Write> written = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<Event>> published = new LinkedBlockingQueue<>();
    private final RoomJoins joins = new RoomJoins(
            context,
            (batch, waitMs) -> {
                Write write = new Write(batch, waitMs, Promise.promise(), context);
                written.add(write);
                return write.promise().future();
            },
            new RoomWrites(
                    context,
                    new PostgresSettings.Changes(2, MAX_WAITING, MAX_WAITING),
                    LOCK_TIMEOUT_MS,
                    metrics.store(),
                    nowNs::get),
            new NodeBus() {
                @Override
                public void publish(List<Event> events) {
                    published.add(events);
                }

                @Override
                public Listener listen(Consumer<List<Event>> listener) {
                    throw new UnsupportedOperationException();
                }
            },
            MAX_WAITING,
            LOCK_TIMEOUT_MS,
            metrics.store(),
            nowNs::get);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void shouldStoreWhatGathersDuringABatchWithTheNextOne() throws InterruptedException {
        Future<List<Event>> first = join(ROOM, "alice");
        Write alone = written.take();
        assertThat(alone.batch()).containsExactly(new Join(ROOM, new UserId("alice")));
        assertThat(alone.waitMs()).isEqualTo(JoinWriter.NO_WAIT);
        Future<List<Event>> second = join(ROOM, "bob");
        Future<List<Event>> third = join(OTHER, "alice");
        Future<List<Event>> fourth = join(OTHER, "bob");
        assertThat(written).isEmpty();
        Event event = event(ROOM, "alice", 2);
        alone.answer(new JoinOutcome.Done(List.of(event)));
        assertThat(first.await()).containsExactly(event);
        assertThat(published.take()).containsExactly(event);
        Write together = written.take();
        assertThat(together.batch()).hasSize(3);
        Event next = event(OTHER, "bob", 2);
        together.answer(
                new JoinOutcome.Refused(new ChatException(ErrorCode.ROOM_BANNED)),
                new JoinOutcome.Done(List.of()),
                new JoinOutcome.Done(List.of(next)));
        assertThatThrownBy(second::await).hasMessage(ErrorCode.ROOM_BANNED.title());
        assertThat(third.await()).isEmpty();
        assertThat(fourth.await()).containsExactly(next);
        assertThat(published.take()).as("of the others").containsExactly(next);
    }

    @Test
    void shouldNotStoreEqualJoinsInOneBatch() throws InterruptedException {
        join(ROOM, "guest");
        Write before = written.take();
        join(ROOM, "alice");
        join(ROOM, "alice");
        join(ROOM, "bob");
        before.answer(new JoinOutcome.Done(List.of()));
        Write first = written.take();
        assertThat(first.batch()).containsExactly(new Join(ROOM, new UserId("alice")));
        first.answer(new JoinOutcome.Done(List.of()));
        assertThat(written.take().batch())
                .containsExactly(new Join(ROOM, new UserId("alice")), new Join(ROOM, new UserId("bob")));
    }

    @Test
    void shouldStoreTheJoinsOfALockedRoomTogetherInItsTurn() throws InterruptedException {
        Future<List<Event>> first = join(ROOM, "alice");
        written.take().answer(LOCKED);
        Write turn = written.take();
        assertThat(turn.waitMs()).isEqualTo(LOCK_TIMEOUT_MS);
        assertThat(turn.batch()).containsExactly(new Join(ROOM, new UserId("alice")));
        Future<List<Event>> second = join(ROOM, "bob");
        Future<List<Event>> elsewhere = join(OTHER, "bob");
        Write other = written.take();
        assertThat(other.batch())
                .as("rooms that are not locked do not wait")
                .containsExactly(new Join(OTHER, new UserId("bob")));
        other.answer(new JoinOutcome.Done(List.of()));
        assertThat(elsewhere.await()).isEmpty();
        turn.fail(new LockTimeoutException(new IllegalStateException("locked")));
        Write again = written.take();
        assertThat(again.batch())
                .as("in the order of arrival")
                .containsExactly(new Join(ROOM, new UserId("alice")), new Join(ROOM, new UserId("bob")));
        Event event = event(ROOM, "bob", 3);
        again.answer(new JoinOutcome.Done(List.of()), new JoinOutcome.Done(List.of(event)));
        assertThat(first.await()).isEmpty();
        assertThat(second.await()).containsExactly(event);
    }

    @Test
    void shouldRefuseTheJoinsOfARoomThatStaysLocked() throws InterruptedException {
        Future<List<Event>> stuck = join(ROOM, "alice");
        written.take().answer(LOCKED);
        Write turn = written.take();
        Future<List<Event>> behind = join(ROOM, "bob");
        await(behind, false);
        nowNs.set(TimeUnit.MILLISECONDS.toNanos(LOCK_TIMEOUT_MS));
        turn.fail(new LockTimeoutException(new IllegalStateException("locked")));
        assertThatThrownBy(stuck::await).hasMessage(ErrorCode.SERVER_OVERLOADED.title());
        assertThatThrownBy(behind::await).hasMessage(ErrorCode.SERVER_OVERLOADED.title());
        Future<List<Event>> later = join(ROOM, "bob");
        written.take().answer(new JoinOutcome.Done(List.of()));
        assertThat(later.await()).isEmpty();
    }

    @Test
    void shouldFailABatchWhoseOutcomeIsUnknownAndGoOn() throws InterruptedException {
        Future<List<Event>> lost = join(ROOM, "alice");
        Write write = written.take();
        Future<List<Event>> next = join(ROOM, "bob");
        write.fail(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
        assertThatThrownBy(lost::await).hasMessage(ErrorCode.STORAGE_UNAVAILABLE.title());
        written.take().answer(new JoinOutcome.Done(List.of()));
        assertThat(next.await()).isEmpty();
    }

    @Test
    void shouldRefuseJoinsBeyondTheShareOfARoomAndTheWholeQueue() throws InterruptedException {
        for (int i = 0; i < MAX_WAITING / 2; i++) {
            join(ROOM, "user-" + i);
        }
        Write first = written.take();
        assertThatThrownBy(() -> join(ROOM, "alice").await()).hasMessage(ErrorCode.SERVER_OVERLOADED.title());
        List<Future<List<Event>>> others = new ArrayList<>();
        for (int i = 0; i < MAX_WAITING / 2; i++) {
            others.add(join(OTHER, "user-" + i));
        }
        assertThatThrownBy(() -> join(new RoomId("cellar"), "alice").await())
                .hasMessage(ErrorCode.SERVER_OVERLOADED.title());
        assertThat(Counters.in(metrics.scrape(), "parlance_reads_refused_total{for=\"changes\"}"))
                .isEqualTo(2);
        assertThat(others).noneMatch(Future::isComplete);
        first.answer(new JoinOutcome.Done(List.of()));
        assertThat(written.take().batch()).hasSize(MAX_WAITING - 1);
    }

    private Future<List<Event>> join(RoomId room, String user) {
        return joins.join(room, new UserId(user));
    }

    /** Waits until the joins so far are queued. */
    private void await(Future<?> join, boolean complete) {
        Promise<Boolean> seen = Promise.promise();
        context.runOnContext(turn -> seen.complete(join.isComplete()));
        assertThat(seen.future().await()).isEqualTo(complete);
    }

    private static Event event(RoomId room, String user, long seq) {
        UserId member = new UserId(user);
        return new Event(
                room,
                seq,
                new Stamp(seq),
                new Stamp(seq - 1),
                Instant.EPOCH,
                member,
                new MembershipChanged(member, MembershipChange.JOINED));
    }
}

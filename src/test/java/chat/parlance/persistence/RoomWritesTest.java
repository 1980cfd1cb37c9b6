package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import chat.parlance.operations.Metrics;
import chat.parlance.testing.Counters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RoomWritesTest {

    private static final RoomId STUCK = new RoomId("stuck");
    private static final RoomId OTHER = new RoomId("other");
    private static final int MAX_WAITING = 8;
    private static final int OF_ROOM = MAX_WAITING / 4;
    private static final int LOCK_TIMEOUT_MS = 500;

    private record Attempt(String what, int waitMs, Promise<String> answer) {}

    private final Vertx vertx = Vertx.vertx();
    private final Metrics metrics = new Metrics();
    private final AtomicLong nowNs = new AtomicLong();
    private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();
    private final RoomWrites writes = new RoomWrites(
            vertx.getOrCreateContext(),
            new PostgresSettings.Changes(2, MAX_WAITING, MAX_WAITING),
            LOCK_TIMEOUT_MS,
            metrics.store(),
            nowNs::get);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void shouldMakeTheWritesOfARoomOneAfterTheOther() throws InterruptedException {
        Future<String> first = write(STUCK, "first");
        Future<String> second = write(STUCK, "second");
        Attempt attempt = attempts.take();
        assertThat(attempt.what()).isEqualTo("first");
        assertThat(attempts).isEmpty();
        attempt.answer().complete("done");
        assertThat(first.await()).isEqualTo("done");
        attempt = attempts.take();
        attempt.answer().fail(new ChatException(ErrorCode.ROOM_FORBIDDEN));
        assertThatThrownBy(second::await)
                .isInstanceOf(ChatException.class)
                .hasMessage(ErrorCode.ROOM_FORBIDDEN.title());
    }

    @Test
    void shouldMakeTheWritesOfOtherRoomsWhileAJoinStormWaitsForALockedOne() throws InterruptedException {
        List<Future<String>> storm = new ArrayList<>();
        for (int i = 0; i < OF_ROOM; i++) {
            storm.add(write(STUCK, "join " + i));
        }
        Attempt stuck = attempts.take();
        for (int i = 0; i < 3; i++) {
            Future<String> other = write(OTHER, "other");
            attempts.take().answer().complete("done");
            assertThat(other.await()).isEqualTo("done");
        }
        assertThat(storm).noneMatch(Future::isComplete);
        stuck.answer().complete("done");
        assertThat(storm.getFirst().await()).isEqualTo("done");
    }

    @Test
    void shouldTryAgainUntilTheLockTimeoutAndThenRefuse() throws InterruptedException {
        Future<String> stuck = write(STUCK, "stuck");
        Attempt attempt = attempts.take();
        assertThat(attempt.waitMs()).isEqualTo(LOCK_TIMEOUT_MS);
        nowNs.set(TimeUnit.MILLISECONDS.toNanos(400));
        attempt.answer().fail(locked());
        attempt = attempts.take();
        assertThat(attempt.waitMs()).as("what is left").isEqualTo(100);
        nowNs.set(TimeUnit.MILLISECONDS.toNanos(LOCK_TIMEOUT_MS));
        attempt.answer().fail(locked());
        assertThatThrownBy(stuck::await)
                .isInstanceOf(ChatException.class)
                .hasMessage(ErrorCode.SERVER_OVERLOADED.title());
        Future<String> again = write(STUCK, "again");
        attempts.take().answer().complete("done");
        assertThat(again.await()).isEqualTo("done");
    }

    @Test
    void shouldRefuseWritesBeyondTheShareOfARoomAndTheWholeQueue() {
        for (int room = 0; room < 4; room++) {
            for (int i = 0; i < OF_ROOM; i++) {
                write(new RoomId("room-" + room), "write");
            }
            if (room == 0) {
                assertThatThrownBy(() ->
                                write(new RoomId("room-0"), "beyond the share").await())
                        .hasMessage(ErrorCode.SERVER_OVERLOADED.title());
            }
        }
        assertThatThrownBy(() -> write(OTHER, "beyond all").await()).hasMessage(ErrorCode.SERVER_OVERLOADED.title());
        assertThat(Counters.in(metrics.scrape(), "parlance_reads_refused_total{for=\"changes\"}"))
                .isEqualTo(2);
    }

    private Future<String> write(RoomId room, String what) {
        return writes.write(room, waitMs -> {
            Attempt attempt = new Attempt(what, waitMs, Promise.promise());
            attempts.add(attempt);
            return attempt.answer().future();
        });
    }

    private static LockTimeoutException locked() {
        return new LockTimeoutException(new IllegalStateException("locked"));
    }
}

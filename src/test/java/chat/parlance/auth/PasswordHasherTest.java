package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queue of hashes while all cores are busy. */
final class PasswordHasherTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final PasswordHasher hasher = new PasswordHasher(vertx, new AuthSettings.Hashing(19_456, 2, CORES + 4, 2));
    private final List<Future<?>> running = new ArrayList<>();

    @AfterEach
    void close() {
        busy.countDown();
        vertx.close().await();
    }

    @Test
    void shouldDropAQueuedHashOfAClosedConnection() {
        occupyCores();
        AtomicInteger hashed = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        Future<Integer> dropped = hasher.queue(requester("a", closed), hashed::incrementAndGet);
        Future<Integer> kept = hasher.queue(requester("b", new AtomicBoolean()), hashed::incrementAndGet);
        closed.set(true);
        busy.countDown();
        kept.await();
        assertThat(code(dropped)).isEqualTo(ErrorCode.SERVER_OVERLOADED);
        assertThat(hashed).hasValue(1);
    }

    @Test
    void shouldRefuseHashesBeyondAConnectionsShare() {
        occupyCores();
        Future<Boolean> first = hash("a");
        Future<Boolean> second = hash("a");
        assertThat(code(hash("a"))).isEqualTo(ErrorCode.SERVER_OVERLOADED);
        Future<Boolean> others = hash("b");
        busy.countDown();
        assertThat(Future.all(first, second, others).await().succeeded()).isTrue();
        assertThat(hash("a").await()).isTrue();
    }

    @Test
    void shouldLeaveHalfOfTheQueueToOtherAddresses() {
        occupyCores();
        List<ErrorCode> refused = new ArrayList<>();
        for (int i = 0; i < CORES + 4; i++) {
            Future<Boolean> flood =
                    hasher.queue(requester("198.51.100.1", "flood-" + i, new AtomicBoolean()), () -> true);
            if (i >= (CORES + 4) / 2) {
                refused.add(code(flood));
            }
        }
        assertThat(refused).isNotEmpty().containsOnly(ErrorCode.SERVER_OVERLOADED);
        Future<Boolean> other = hash("other");
        busy.countDown();
        assertThat(other.await()).isTrue();
    }

    @Test
    void shouldRefuseHashesBeyondTheQueueAndAcceptThemLater() {
        occupyCores();
        List<Future<Boolean>> queued = List.of(hash("a"), hash("b"), hash("c"), hash("d"));
        assertThat(code(hash("e"))).isEqualTo(ErrorCode.SERVER_OVERLOADED);
        busy.countDown();
        Future.all(queued).await();
        Future.all(running).await();
        assertThat(hash("e").await()).isTrue();
    }

    @Test
    void shouldHashAsManyAtOnceAsThereAreCoresAndNoneOnAnEventLoop() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(CORES);
        Promise<List<Future<Boolean>>> asked = Promise.promise();
        vertx.runOnContext(turn -> asked.complete(IntStream.range(0, CORES + 4)
                .mapToObj(i -> hasher.queue(requester("loop-" + i, new AtomicBoolean()), () -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    begun.countDown();
                    begun.await();
                    hasher.unmatchable();
                    atOnce.decrementAndGet();
                    return Context.isOnEventLoopThread();
                }))
                .toList()));
        List<Future<Boolean>> hashes = asked.future().await();
        Future.all(hashes).await();
        assertThat(hashes).extracting(Future::result).containsOnly(false);
        assertThat(most).hasValue(CORES);
    }

    private void occupyCores() {
        for (int i = 0; i < CORES; i++) {
            running.add(hasher.queue(requester("busy-" + i, new AtomicBoolean()), () -> {
                busy.await();
                return true;
            }));
        }
    }

    private Future<Boolean> hash(String connection) {
        return hasher.queue(requester(connection, new AtomicBoolean()), () -> true);
    }

    /** Requester of a connection; each connection of these tests has an address of its own, unless given. */
    private static Requester requester(String connection, AtomicBoolean closed) {
        return requester("address of " + connection, connection, closed);
    }

    private static Requester requester(String address, String connection, AtomicBoolean closed) {
        return new Requester(address, "", connection, closed::get);
    }

    private static ErrorCode code(Future<?> refused) {
        try {
            refused.await();
            throw new AssertionError("not refused");
        } catch (ChatException failure) {
            return failure.code();
        }
    }
}

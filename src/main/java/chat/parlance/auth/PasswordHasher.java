package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with argon2id (RFC 9106) into PHC strings, away from the event loops: as many at a time as there are
 * cores, with a short queue, beyond which a request is refused at once. A queued hash whose requester has disconnected
 * is dropped: clients that give up and retry would otherwise keep the cores busy with hashes whose results are
 * discarded. May be called from any event loop.
 */
public final class PasswordHasher {

    private static final int PARALLELISM = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    /** Number of hashes over which the usual time is averaged. */
    private static final int SHARE_OF_NEW = 8;

    private final WorkerExecutor workers;
    private final Argon2Function function;
    private final AuthSettings.Hashing settings;
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong usualNs = new AtomicLong();
    private final Map<Object, Integer> queuedByConnection = new ConcurrentHashMap<>();
    private final Map<String, Integer> queuedByAddress = new ConcurrentHashMap<>();

    public PasswordHasher(Vertx vertx, AuthSettings.Hashing settings) {
        this.workers = vertx.createSharedWorkerExecutor(
                "password-hashing", Runtime.getRuntime().availableProcessors());
        this.function = Argon2Function.getInstance(
                settings.argon2MemoryKib(), settings.argon2Iterations(), PARALLELISM, HASH_BYTES, Argon2.ID);
        this.settings = settings;
    }

    /** Number of waiting and running hashes. May be called from any thread. */
    public int queued() {
        return queued.get();
    }

    /** A PHC string that no password matches, and that costs as much to verify as any other. */
    String unmatchable() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        function.getMemory(),
                        function.getIterations(),
                        PARALLELISM,
                        noise(SALT_BYTES),
                        noise(HASH_BYTES));
    }

    Future<String> hash(String password, Requester requester) {
        return queue(
                requester,
                () -> Password.hash(password)
                        .addRandomSalt(SALT_BYTES)
                        .with(function)
                        .getResult());
    }

    /**
     * Verifies a password. Takes the time of a hash of the present cost, even if the hash was made at a lower one:
     * otherwise the time would distinguish an account whose password was hashed before the cost rose from an id without
     * an account.
     */
    Future<Boolean> verify(String password, String phc, Requester requester) {
        return queue(requester, () -> {
            long begin = System.nanoTime();
            boolean right = Password.check(password, phc).with(Argon2Function.getInstanceFromHash(phc));
            if (isOutdated(phc)) {
                LockSupport.parkNanos(usualNs() - (System.nanoTime() - begin));
            } else {
                learn(System.nanoTime() - begin);
            }
            return right;
        });
    }

    /** Usual time of a hash of the present cost. The first hash is made only to measure it. */
    private long usualNs() {
        if (usualNs.get() == 0) {
            long begin = System.nanoTime();
            Password.hash("").addRandomSalt(SALT_BYTES).with(function);
            learn(System.nanoTime() - begin);
        }
        return usualNs.get();
    }

    /** Adjusts the usual time by that of a hash; one that was delayed by other work changes it little. */
    private void learn(long tookNs) {
        usualNs.accumulateAndGet(
                tookNs,
                (usual, took) -> usual == 0 ? took : usual + (Math.min(took, 2 * usual) - usual) / SHARE_OF_NEW);
    }

    /** True when the hash was made at another cost than the present one. */
    boolean isOutdated(String phc) {
        return !Argon2Function.getInstanceFromHash(phc).equals(function);
    }

    private static String noise(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Runs the work in its turn, unless the requester has disconnected by then. */
    <T> Future<T> queue(Requester requester, Callable<T> work) {
        if (!enter(requester)) {
            return Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED));
        }
        return workers.executeBlocking(
                        () -> {
                            if (requester.isGone()) {
                                throw new ChatException(ErrorCode.SERVER_OVERLOADED);
                            }
                            return work.call();
                        },
                        false)
                .onComplete(done -> leave(requester));
    }

    private boolean enter(Requester requester) {
        int ofConnection = queuedByConnection.merge(requester.connection(), 1, Integer::sum);
        int ofAddress = queuedByAddress.merge(requester.address(), 1, Integer::sum);
        if (queued.incrementAndGet() > settings.hashQueue()
                || ofConnection > settings.hashesPerConnection()
                || ofAddress > Math.max(1, settings.hashQueue() / 2)) {
            leave(requester);
            return false;
        }
        return true;
    }

    private void leave(Requester requester) {
        queued.decrementAndGet();
        queuedByConnection.computeIfPresent(requester.connection(), PasswordHasher::oneLess);
        queuedByAddress.computeIfPresent(requester.address(), PasswordHasher::oneLess);
    }

    private static @Nullable Integer oneLess(Object key, int count) {
        return count == 1 ? null : count - 1;
    }
}

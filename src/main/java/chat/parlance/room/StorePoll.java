package chat.parlance.room;

import chat.parlance.log.Condition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's poll of the store with a short period: one query for all rooms, whose answer goes to every hub. It is also
 * the node's lease: when the store has not answered for longer than that, because the node was frozen or is cut off or
 * because the store is down, the node's data may be stale and no client may see it.
 *
 * <p>The public methods may be called from any thread.
 */
public final class StorePoll {

    /** Registration of one hub. */
    @FunctionalInterface
    public interface Registration {
        void close();
    }

    private record Listener(Executor loop, Consumer<ChangeSet> handler) {}

    /** Pause after a poll that failed. */
    static final int RETRY_MS = 250;

    /**
     * Number of timers that make up the time for one answer. A process that is short of CPU, or was frozen, has no time
     * to read an answer that has arrived: its timers fire late, and between two of them the event loop reads its
     * sockets. So an answer counts as missing only after this number of timers, however much time has passed.
     */
    static final int SLICES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(StorePoll.class);

    private final ChangeLog log;
    private final Scheduler scheduler;
    private final WatchSettings settings;
    private final LongSupplier nanoTime;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Promise<Void> first = Promise.promise();
    private final Condition fenced =
            Condition.of(LOG, "Fenced, Postgres has not answered within watch.leaseMs", "Serves again");
    private String cursor = "";
    private boolean underWay;
    private boolean slow;
    private @Nullable Promise<Void> stopped;
    private volatile long answeredNs;
    private volatile boolean failing;

    private StorePoll(ChangeLog log, Scheduler scheduler, WatchSettings settings, LongSupplier nanoTime) {
        this.log = log;
        this.scheduler = scheduler;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.answeredNs = nanoTime.getAsLong() - TimeUnit.MILLISECONDS.toNanos(settings.leaseMs());
    }

    /**
     * Starts to poll; the node is current after the first answer.
     *
     * @param nanoTime a monotonic clock that continues while the process is frozen
     */
    public static StorePoll start(ChangeLog log, Scheduler scheduler, WatchSettings settings, LongSupplier nanoTime) {
        StorePoll watch = new StorePoll(log, scheduler, settings, nanoTime);
        scheduler.execute(watch::poll);
        return watch;
    }

    /** Completes at the first answer. */
    public Future<Void> answered() {
        return first.future();
    }

    /** True while the node's data is no older than the lease. */
    public boolean isCurrent() {
        return staleMs() < settings.leaseMs();
    }

    /** Upper bound of the age of the node's data. */
    public long staleMs() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - answeredNs);
    }

    /**
     * True when Postgres has not answered for longer than {@code watch.cutOffAfterMs}, and the newest poll failed. After a freeze
     * the newest answer is old too, but the next one follows at once.
     */
    public boolean isCutOff() {
        return failing && staleMs() > settings.cutOffAfterMs();
    }

    /** Stops polling; completes when no poll is under way. */
    public Future<Void> stop() {
        Promise<Void> ended = Promise.promise();
        scheduler.execute(() -> {
            stopped = ended;
            if (!underWay) {
                ended.tryComplete();
            }
        });
        return ended.future();
    }

    /** Passes each answer to {@code handler}, on {@code loop}. */
    public Registration listen(Executor loop, Consumer<ChangeSet> handler) {
        Listener listener = new Listener(loop, handler);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void poll() {
        if (stopped != null) {
            return;
        }
        noteFence();
        underWay = true;
        long begin = nanoTime.getAsLong();
        Future<ChangeSet> asked = log.since(cursor);
        asked.onSuccess(answer -> {
                    slow = slow && tookMs(begin) > settings.answerTimeoutMs();
                    // The lease had expired when the answer before was older than it: the store may have gone back
                    // since.
                    ChangeSet changes = isCurrent() ? answer : answer.afterInterruption();
                    cursor = changes.cursor();
                    answeredNs = begin;
                    first.tryComplete();
                    listeners.forEach(listener ->
                            listener.loop().execute(() -> listener.handler().accept(changes)));
                })
                .onComplete(polled -> {
                    underWay = false;
                    failing = polled.failed();
                    scheduler.after(polled.succeeded() ? untilNextMs(begin) : retryMs(), this::poll);
                    if (stopped != null) {
                        stopped.tryComplete();
                    }
                });
        // If each slow answer were given up, a slow Postgres would never be heard.
        awaitAnswer(asked, slow ? 2 * SLICES : SLICES);
    }

    private void awaitAnswer(Future<?> answer, int slices) {
        if (answer.isComplete()) {
            return;
        }
        noteFence();
        if (slices == 0) {
            slow = true;
            log.giveUp();
        } else {
            scheduler.after(settings.answerTimeoutMs() / SLICES, () -> awaitAnswer(answer, slices - 1));
        }
    }

    /**
     * Pause until the next poll. A late answer shortens it, or the lease would expire before the next poll is answered.
     */
    private long untilNextMs(long beginNs) {
        return Math.max(1, settings.intervalMs() - tookMs(beginNs));
    }

    private long tookMs(long beginNs) {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - beginNs);
    }

    private int retryMs() {
        return Math.min(RETRY_MS, settings.intervalMs());
    }

    private void noteFence() {
        if (first.future().isComplete() && !isCurrent()) {
            fenced.occurred("the newest answer is %d ms old".formatted(staleMs()));
        }
    }
}

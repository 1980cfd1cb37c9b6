package chat.parlance.room;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's look at the store on a short period: one query for all rooms, whose answer goes to every hub. It is also the
 * node's lease: when the store has not answered for longer than that, because the node was frozen, or is cut off, or the
 * store is down, what the node knows may be stale and nobody should be shown it.
 *
 * <p>{@link #isCurrent} and {@link #staleMs} may be called from any thread.
 */
public final class StoreWatch {

    /**
     * @param intervalMs from one look to the next
     * @param leaseMs how long an answer makes the node current, from when the look began
     */
    public record Settings(int intervalMs, int leaseMs) {}

    /** One hub's share in the watch. */
    @FunctionalInterface
    public interface Registration {
        void close();
    }

    private record Listener(Executor loop, Consumer<Changes> handler) {}

    /** Before the next look, when there was no answer. */
    private static final int RETRY_MS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

    private final ChangeLog log;
    private final Scheduler scheduler;
    private final Settings settings;
    private final LongSupplier nanoTime;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Promise<Void> first = Promise.promise();
    private String mark = "";
    private volatile long answeredNs;

    private StoreWatch(ChangeLog log, Scheduler scheduler, Settings settings, LongSupplier nanoTime) {
        this.log = log;
        this.scheduler = scheduler;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.answeredNs = nanoTime.getAsLong() - TimeUnit.MILLISECONDS.toNanos(settings.leaseMs());
    }

    /**
     * Begins to look; the node is current after the first answer.
     *
     * @param nanoTime a clock that no one sets, and that goes on while the process is frozen
     */
    public static StoreWatch start(ChangeLog log, Scheduler scheduler, Settings settings, LongSupplier nanoTime) {
        StoreWatch watch = new StoreWatch(log, scheduler, settings, nanoTime);
        scheduler.execute(watch::look);
        return watch;
    }

    /** Completes at the first answer. */
    public Future<Void> answered() {
        return first.future();
    }

    /** Whether the node's knowledge is no older than the lease. */
    public boolean isCurrent() {
        return staleMs() < settings.leaseMs();
    }

    /** How old the node's knowledge may be. */
    public long staleMs() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - answeredNs);
    }

    /** Hands each answer to {@code handler}, on {@code loop}. */
    public Registration listen(Executor loop, Consumer<Changes> handler) {
        Listener listener = new Listener(loop, handler);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void look() {
        long begin = nanoTime.getAsLong();
        log.since(mark)
                .onSuccess(answer -> {
                    // The lease had ended when the answer before was older than it: the store may have gone back since.
                    Changes changes = isCurrent() ? answer : answer.afterInterruption();
                    mark = changes.mark();
                    answeredNs = begin;
                    first.tryComplete();
                    listeners.forEach(listener ->
                            listener.loop().execute(() -> listener.handler().accept(changes)));
                })
                .onFailure(failure ->
                        LOG.atWarn().addKeyValue("cause", failure.toString()).log("The store was not looked at"))
                .onComplete(looked -> scheduler.after(
                        looked.succeeded() ? settings.intervalMs() : Math.min(RETRY_MS, settings.intervalMs()),
                        this::look));
    }
}

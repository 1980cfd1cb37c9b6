package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import chat.parlance.search.SearchSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shares the few connections for searches among users. A user has one running search and a few waiting ones; users take
 * turns, so a user with many searches delays another one by a single search. May be used from any event loop.
 */
final class SearchTurns {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** A waiting search. */
    private final class Waiting<T> {

        private final Supplier<Future<T>> search;
        private final Promise<T> answered;
        private final long sinceNs = nanoTime.getAsLong();

        Waiting(Supplier<Future<T>> search, Promise<T> answered) {
            this.search = search;
            this.answered = answered;
        }

        boolean isLate() {
            return nanoTime.getAsLong() - sinceNs >= TimeUnit.MILLISECONDS.toNanos(maxWaitMs);
        }

        void giveUp() {
            meters.readRefused(Workload.SEARCHES);
            answered.fail(new ChatException(ErrorCode.SERVER_OVERLOADED));
        }

        void run(Searcher searcher) {
            Future.succeededFuture().compose(turn -> search.get()).onComplete(done -> {
                ended(searcher);
                answered.handle(done);
            });
        }
    }

    /** A user with running or waiting searches. */
    private static final class Searcher {

        private final UserId user;
        private final ArrayDeque<Waiting<?>> waiting = new ArrayDeque<>();
        private boolean running;

        Searcher(UserId user) {
            this.user = user;
        }

        int searches() {
            return waiting.size() + (running ? 1 : 0);
        }
    }

    private final SearchSettings.Turns limits;
    private final int maxWaitMs;
    private final StoreMeters meters;
    private final LongSupplier nanoTime;
    private final Map<UserId, Searcher> searchers = new HashMap<>();

    /** Users whose searches wait while none runs, each once. */
    private final ArrayDeque<Searcher> line = new ArrayDeque<>();

    private int running;
    private int waiting;

    /** @param maxWaitMs time after which a waiting search is given up */
    SearchTurns(SearchSettings.Turns limits, int maxWaitMs, StoreMeters meters, LongSupplier nanoTime) {
        this.limits = limits;
        this.maxWaitMs = maxWaitMs;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /**
     * Runs a search when it is the user's turn. Fails with {@code rate.limited} when the user has too many searches
     * already, and with {@code server.overloaded} when all users together have too many, or the turn does not come in
     * time.
     */
    <T> Future<T> run(UserId user, Supplier<Future<T>> search) {
        Promise<T> answered = CallerPromise.make();
        if (!enter(user, new Waiting<>(search, answered))) {
            return answered.future();
        }
        next();
        return answered.future();
    }

    private <T> boolean enter(UserId user, Waiting<T> search) {
        ChatException refusal;
        synchronized (this) {
            Searcher searcher = searchers.computeIfAbsent(user, Searcher::new);
            if (searcher.searches() >= limits.perUser()) {
                refusal = ChatException.retryLater(ErrorCode.RATE_LIMITED, RETRY_AFTER);
            } else if (waiting >= limits.maxWaiting()) {
                forgetIdle(searcher);
                refusal = new ChatException(ErrorCode.SERVER_OVERLOADED);
            } else {
                if (searcher.searches() == 0) {
                    line.add(searcher);
                }
                searcher.waiting.add(search);
                waiting++;
                return true;
            }
        }
        meters.readRefused(Workload.SEARCHES);
        search.answered.fail(refusal);
        return false;
    }

    /** Starts searches while connections are free, and gives up those that have waited too long. */
    private void next() {
        List<Runnable> begun = new ArrayList<>();
        synchronized (this) {
            dropLate(begun);
            while (running < limits.connections() && !line.isEmpty()) {
                Searcher searcher = line.remove();
                Waiting<?> search = searcher.waiting.remove();
                searcher.running = true;
                running++;
                waiting--;
                begun.add(() -> search.run(searcher));
            }
        }
        begun.forEach(Runnable::run);
    }

    private void dropLate(List<Runnable> dropped) {
        for (Searcher searcher : List.copyOf(searchers.values())) {
            while (!searcher.waiting.isEmpty() && searcher.waiting.element().isLate()) {
                dropped.add(searcher.waiting.remove()::giveUp);
                waiting--;
            }
            if (searcher.searches() == 0) {
                line.remove(searcher);
                searchers.remove(searcher.user);
            }
        }
    }

    private void ended(Searcher searcher) {
        synchronized (this) {
            searcher.running = false;
            running--;
            if (!searcher.waiting.isEmpty()) {
                line.add(searcher);
            }
            forgetIdle(searcher);
        }
        next();
    }

    private void forgetIdle(Searcher searcher) {
        if (searcher.searches() == 0) {
            searchers.remove(searcher.user);
        }
    }
}

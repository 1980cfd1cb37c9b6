package chat.parlance.operations;

import chat.parlance.persistence.AppendRejection;
import chat.parlance.persistence.StoreMeters;
import chat.parlance.persistence.Workload;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of Postgres and of the messages on their way to it. */
final class StoreMetrics implements StoreMeters {

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong clockAheadMs = new AtomicLong();
    private final Map<Workload, Timer> answered;
    private final Timer search;
    private final Map<Workload, Counter> asked;
    private final Map<Workload, Counter> failed;
    private final Map<Workload, Counter> lockTimeouts;
    private final Map<Workload, Counter> readsRefused;
    private final Timer commit;
    private final DistributionSummary batch;
    private final Counter passedOver;
    private final Counter unknown;
    private final Map<AppendRejection, Counter> refused;
    private final Counter unanswered;
    private final Counter rejected;

    StoreMetrics(Meters meters) {
        answered = meters.timers(
                Workload.class,
                "parlance.postgres.answer",
                "Statements and transactions, until the answer of Postgres");
        search = Timer.builder("parlance.search")
                .description("Searches, with the wait for their turn")
                .serviceLevelObjectives(Meters.LATENCIES)
                .register(meters.registry());
        Gauge.builder("parlance.postgres.clock.ahead", () -> clockAheadMs.get() / 1e3)
                .description("Clock of Postgres minus that of the node")
                .baseUnit("seconds")
                .register(meters.registry());
        asked = meters.counters(
                Workload.class, "parlance.postgres.requests", "Statements and transactions sent to Postgres", "for");
        failed = meters.counters(
                Workload.class,
                "parlance.postgres.failures",
                "Statements and transactions that failed or had no answer in time",
                "for");
        lockTimeouts = meters.counters(
                Workload.class,
                "parlance.postgres.lock.timeouts",
                "Statements and transactions given up because another transaction held a lock for too long",
                "for");
        readsRefused = meters.counters(
                Workload.class,
                "parlance.reads.refused",
                "Reads, searches and changes refused because too many waited",
                "for");
        commit = meters.timer("parlance.commit", "One batch in Postgres");
        batch = DistributionSummary.builder("parlance.commit.messages")
                .description("Messages of one batch")
                .register(meters.registry());
        passedOver = meters.counter(
                "parlance.commit.passed.over",
                "Messages not stored with their batch because another transaction held the row of their room");
        unknown = meters.counter("parlance.commit.unknown", "Messages with an unknown outcome of the commit");
        refused = meters.counters(
                AppendRejection.class,
                "parlance.commit.refused",
                "Messages refused because too many waited, or waited too long",
                "reason");
        unanswered = meters.counter(
                "parlance.append.unanswered", "Messages without a timely answer from a node with the persistence role");
        rejected = meters.counter(
                "parlance.append.rejected", "Messages of other nodes that broke the rules and were not stored");
        meters.gauge("parlance.commit.waiting", "Messages accepted and not yet answered", waiting::get);
    }

    @Override
    public void asked(Workload workload) {
        Objects.requireNonNull(asked.get(workload)).increment();
    }

    @Override
    public void answered(Workload workload, long nanoseconds) {
        Objects.requireNonNull(answered.get(workload)).record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public void searched(long nanoseconds) {
        search.record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public void clockAhead(long milliseconds) {
        clockAheadMs.set(milliseconds);
    }

    @Override
    public void failed(Workload workload) {
        Objects.requireNonNull(failed.get(workload)).increment();
    }

    @Override
    public void lockTimedOut(Workload workload) {
        Objects.requireNonNull(lockTimeouts.get(workload)).increment();
    }

    @Override
    public void readRefused(Workload workload) {
        Objects.requireNonNull(readsRefused.get(workload)).increment();
    }

    @Override
    public void waiting(int messages) {
        waiting.addAndGet(messages);
    }

    @Override
    public void committed(int messages, long nanoseconds) {
        commit.record(nanoseconds, TimeUnit.NANOSECONDS);
        batch.record(messages);
    }

    @Override
    public void passedOver(int messages) {
        passedOver.increment(messages);
    }

    @Override
    public void unknown(int messages) {
        unknown.increment(messages);
    }

    @Override
    public void refused(AppendRejection refusal) {
        Objects.requireNonNull(refused.get(refusal)).increment();
    }

    @Override
    public void unanswered(int messages) {
        unanswered.increment(messages);
    }

    @Override
    public void rejected() {
        rejected.increment();
    }
}

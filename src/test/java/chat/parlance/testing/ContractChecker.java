package chat.parlance.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run by the invariants I1 to I8 of the delivery contract, and by I9: who is removed from a room is given nothing
 * of it after that event. It does so from what every client noted and the final history of one room. Clients that are
 * given all are members at the end, and have the room from its first event.
 *
 * <p>Where the database went back, the sends that it lost are given as not acknowledged, and a client's copy is what it has
 * shown since it was last told that nothing is sure.
 */
public final class ContractChecker {

    /**
     * One send, in the order its client made them.
     *
     * @param ackedSeq null when it was not acknowledged
     * @param refused whether every try of it was answered with an error after which no retry is of use
     * @param sentAt when it was first sent, on a clock that all clients share
     * @param answeredAt when its acknowledgement or its last refusal came
     */
    public record Send(String id, @Nullable Long ackedSeq, boolean refused, long sentAt, long answeredAt) {

        /** One that was not refused. */
        public Send(String id, @Nullable Long ackedSeq, long sentAt, long ackedAt) {
            this(id, ackedSeq, false, sentAt, ackedAt);
        }
    }

    /**
     * @param id of the message, empty for other events
     * @param stamp of the event, empty when it was not noted
     */
    public record Seen(long seq, String id, String stamp) {

        public Seen(long seq, String id) {
            this(seq, id, "");
        }
    }

    /** What a violation means to the people who talk. */
    public enum Breach {
        LOST,
        DOUBLED,
        OUT_OF_ORDER,
        FORGED,
        LEAKED,
        /** A client holds what the database has lost, or misses what took its place. */
        STALE
    }

    /** @param invariant its name, I1 to I9 */
    public record Violation(String invariant, Breach breach, String what) {

        @Override
        public String toString() {
            return invariant + ": " + what;
        }
    }

    /**
     * What one client noted.
     *
     * @param seen the client's copy: every event of the room once, in the order it came, over all of its connections
     * @param dropped what it had shown before it was told that nothing of it is sure
     * @param afterRemoval what a subscription went on to give after an event that ended the client's membership
     */
    public record Log(String client, List<Send> sends, List<Seen> seen, List<Seen> dropped, List<Seen> afterRemoval) {

        /** Log of a client that was never removed and had nothing to drop. */
        public Log(String client, List<Send> sends, List<Seen> seen) {
            this(client, sends, seen, List.of(), List.of());
        }
    }

    private final List<Violation> violations = new ArrayList<>();
    private final Map<Long, Seen> history = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final Map<String, Send> sends = new HashMap<>();

    private ContractChecker() {}

    /** @return what was broken; empty when nothing was */
    public static List<Violation> check(List<Log> logs, List<Seen> history) {
        ContractChecker checker = new ContractChecker();
        logs.forEach(log -> log.sends().forEach(send -> checker.sends.put(send.id(), send)));
        checker.checkHistory(history);
        logs.forEach(checker::checkSends);
        logs.forEach(checker::checkSeen);
        logs.forEach(checker::checkRemovals);
        checker.checkRealTime();
        return checker.violations;
    }

    private void checkHistory(List<Seen> events) {
        long last = 0;
        for (Seen event : events) {
            if (event.seq() != last + 1) {
                violate("I3", Breach.LOST, "history has seq %d after %d".formatted(event.seq(), last));
            }
            last = event.seq();
            history.put(event.seq(), event);
            if (!event.id().isEmpty()) {
                if (seqs.put(event.id(), event.seq()) != null) {
                    violate("I1", Breach.DOUBLED, event.id() + " is in history twice");
                }
                if (!sends.containsKey(event.id())) {
                    violate("I4", Breach.FORGED, event.id() + " was never sent");
                }
            }
        }
    }

    private void checkSends(Log log) {
        long last = 0;
        for (Send send : log.sends()) {
            Long stored = seqs.get(send.id());
            if (send.ackedSeq() != null && !send.ackedSeq().equals(stored)) {
                violate(
                        "I1",
                        Breach.LOST,
                        "%s was acknowledged with %d and has %s".formatted(send.id(), send.ackedSeq(), stored));
            }
            if (send.refused() && stored != null) {
                violate(
                        "I5",
                        Breach.FORGED,
                        "%s of %s was refused and has %d".formatted(send.id(), log.client(), stored));
            }
            // Who gave up on a send that may be stored has not waited for it before the next.
            if (send.ackedSeq() != null && stored != null) {
                if (stored < last) {
                    violate(
                            "I6",
                            Breach.OUT_OF_ORDER,
                            "%s of %s has %d, a send before it %d".formatted(send.id(), log.client(), stored, last));
                }
                last = stored;
            }
        }
    }

    /** With the history whole, seeing exactly the history is I2, I3 and I4 together. */
    private void checkSeen(Log log) {
        Set<Long> seen = new HashSet<>();
        long last = 0;
        for (Seen event : log.seen()) {
            if (event.seq() <= last) {
                violate(
                        "I3",
                        event.seq() == last ? Breach.DOUBLED : Breach.OUT_OF_ORDER,
                        "%s saw %d after %d".formatted(log.client(), event.seq(), last));
            }
            last = event.seq();
            seen.add(event.seq());
            checkEvent(log, event);
        }
        log.dropped().stream()
                .filter(event -> !event.id().isEmpty() && !sends.containsKey(event.id()))
                .forEach(event -> violate(
                        "I4", Breach.FORGED, "%s saw %s, which was never sent".formatted(log.client(), event.id())));
        for (Long seq : history.keySet()) {
            if (!seen.contains(seq)) {
                violate("I2", Breach.LOST, "%s never saw %d".formatted(log.client(), seq));
            }
        }
    }

    private void checkEvent(Log log, Seen event) {
        Seen stored = history.get(event.seq());
        if (stored != null && event.id().equals(stored.id())) {
            if (!event.stamp().isEmpty() && !event.stamp().equals(stored.stamp())) {
                violate("I8", Breach.STALE, "%s holds another %d than is stored".formatted(log.client(), event.seq()));
            }
            return;
        }
        String what = "%s saw %s as %d, which is %s"
                .formatted(log.client(), event.id(), event.seq(), stored == null ? "nothing" : stored.id());
        if (!event.id().isEmpty() && !sends.containsKey(event.id())) {
            violate("I4", Breach.FORGED, what);
        } else if (seqs.containsKey(event.id())) {
            violate("I3", Breach.OUT_OF_ORDER, what);
        } else {
            violate("I8", Breach.STALE, what);
        }
    }

    private void checkRemovals(Log log) {
        for (Seen event : log.afterRemoval()) {
            violate("I9", Breach.LEAKED, "%s was given %d after its removal".formatted(log.client(), event.seq()));
        }
    }

    /** Whoever was acknowledged before another was sent is before it: by time of sending, no seq is below an earlier. */
    private void checkRealTime() {
        record Moment(long at, boolean isAck, Send send) {}
        List<Moment> moments = new ArrayList<>();
        for (Send send : sends.values()) {
            if (send.ackedSeq() != null) {
                moments.add(new Moment(send.sentAt(), false, send));
                moments.add(new Moment(send.answeredAt(), true, send));
            }
        }
        // At one moment the sends come first: they are not after the acknowledgement.
        moments.sort((a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Boolean.compare(a.isAck(), b.isAck()));
        long acked = 0;
        for (Moment moment : moments) {
            long seq = moment.send().ackedSeq() == null ? 0 : moment.send().ackedSeq();
            if (moment.isAck()) {
                acked = Math.max(acked, seq);
            } else if (seq < acked) {
                violate(
                        "I7",
                        Breach.OUT_OF_ORDER,
                        "%s has %d, and was sent after %d was acknowledged"
                                .formatted(moment.send().id(), seq, acked));
            }
        }
    }

    private void violate(String invariant, Breach breach, String what) {
        violations.add(new Violation(invariant, breach, what));
    }
}

package chat.parlance.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run by the invariants I1 to I7 of the delivery contract, and by I8: who is removed from a room is given nothing
 * of it after that event. It does so from what every client noted and the final history of one room. Clients that are
 * given all are members at the end, and have seen the room from its first event.
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

    /** @param id of the message, empty for other events */
    public record Seen(long seq, String id) {}

    /** What a violation means to the people who talk. */
    public enum Breach {
        LOST,
        DOUBLED,
        OUT_OF_ORDER,
        FORGED,
        LEAKED
    }

    /** @param invariant its name, I1 to I8 */
    public record Violation(String invariant, Breach breach, String what) {

        @Override
        public String toString() {
            return invariant + ": " + what;
        }
    }

    /**
     * What one client noted.
     *
     * @param seen every event of the room once, in the order it came, over all of the client's connections
     * @param afterRemoval what a subscription went on to give after an event that ended the client's membership
     */
    public record Log(String client, List<Send> sends, List<Seen> seen, List<Seen> afterRemoval) {

        /** Of one that was never removed. */
        public Log(String client, List<Send> sends, List<Seen> seen) {
            this(client, sends, seen, List.of());
        }
    }

    private final List<Violation> violations = new ArrayList<>();
    private final Map<Long, String> history = new HashMap<>();
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
            history.put(event.seq(), event.id());
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
            if (!event.id().equals(history.get(event.seq()))) {
                violate(
                        sends.containsKey(event.id()) ? "I3" : "I4",
                        sends.containsKey(event.id()) ? Breach.OUT_OF_ORDER : Breach.FORGED,
                        "%s saw %s as %d, which is %s"
                                .formatted(log.client(), event.id(), event.seq(), history.get(event.seq())));
            }
        }
        for (Long seq : history.keySet()) {
            if (!seen.contains(seq)) {
                violate("I2", Breach.LOST, "%s never saw %d".formatted(log.client(), seq));
            }
        }
    }

    private void checkRemovals(Log log) {
        for (Seen event : log.afterRemoval()) {
            violate("I8", Breach.LEAKED, "%s was given %d after its removal".formatted(log.client(), event.seq()));
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

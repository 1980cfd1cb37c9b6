package chat.parlance.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run by the invariants I1 to I8 of the delivery contract, and by I9: a removed member receives nothing of the
 * room after that event. The input is the log of every client and the final history of one room. Clients with a
 * complete copy are members at the end, and have the room from its first event.
 *
 * <p>If the database went back, its lost sends count as unacknowledged, and a client's copy is what it has shown since
 * its last reset from 0.
 */
public final class ContractChecker {

    /**
     * One send, in the order its client made them.
     *
     * @param ackedSeq null when it was not acknowledged
     * @param refused true when every try was answered with an error after which a retry is useless
     * @param sentAt time of its first send, on a clock that all clients share
     * @param answeredAt time of its acknowledgement or last refusal
     */
    public record Send(String id, @Nullable Long ackedSeq, boolean refused, long sentAt, long answeredAt) {

        /** A send that was not refused. */
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

    /** Consequence of a violation for the users. */
    public enum Breach {
        LOST,
        DOUBLED,
        OUT_OF_ORDER,
        FORGED,
        LEAKED,
        /** A client holds events that the database has lost, or misses those that replaced them. */
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
     * Log of one client.
     *
     * @param seen the client's copy: every event of the room once, in order of arrival, over all of its connections
     * @param dropped events that it had shown before a reset from 0
     * @param afterRemoval events that a subscription delivered after the one that ended the client's membership
     */
    public record Log(String client, List<Send> sends, List<Seen> seen, List<Seen> dropped, List<Seen> afterRemoval) {

        /** Log of a client without removals and resets. */
        public Log(String client, List<Send> sends, List<Seen> seen) {
            this(client, sends, seen, List.of(), List.of());
        }
    }

    private final List<Violation> violations = new ArrayList<>();
    private final Map<Long, Seen> history = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final Map<String, Send> sends = new HashMap<>();

    private ContractChecker() {}

    /** @return the violations; empty when there are none */
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
            // A client that gave up a send that may be stored has not waited for it before the next.
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

    /** If the history is whole, seeing exactly the history is I2, I3 and I4 together. */
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

    /** Checks the real-time order: a send that was acknowledged before another was sent has the lower seq. */
    private void checkRealTime() {
        record Moment(long at, boolean isAck, Send send) {}
        List<Moment> moments = new ArrayList<>();
        for (Send send : sends.values()) {
            if (send.ackedSeq() != null) {
                moments.add(new Moment(send.sentAt(), false, send));
                moments.add(new Moment(send.answeredAt(), true, send));
            }
        }
        // At the same moment sends come first: they are not after the acknowledgement.
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

package chat.parlance.verification;

import chat.parlance.persistence.HistoryReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the whole history, event by event in the order of room and seq. Holds one room's members at a time and nothing
 * else that grows.
 */
final class HistoryAudit implements HistoryReader.Visitor {

    private static final int EVENTS_PER_STEP = 20_000;

    private final Function<String, Map<String, String>> membersOf;
    private final Consumer<Finding> findings;
    private final LongConsumer progress;
    private final Map<String, String> standings = new HashMap<>();
    private @Nullable String room;
    private @Nullable Long head;
    private long last;
    private long rooms;
    private long events;

    /**
     * @param membersOf asked once for each room, in order, how its users stand
     * @param progress told now and then how many events are done
     */
    HistoryAudit(Function<String, Map<String, String>> membersOf, Consumer<Finding> findings, LongConsumer progress) {
        this.progress = progress;
        this.membersOf = membersOf;
        this.findings = findings;
    }

    long rooms() {
        return rooms;
    }

    long events() {
        return events;
    }

    @Override
    public void accept(HistoryReader.Entry entry) {
        if (!entry.room().equals(room)) {
            endRoom();
            beginRoom(entry);
        }
        if (entry.event() != null) {
            events++;
            judge(entry.event());
            if (events % EVENTS_PER_STEP == 0) {
                progress.accept(events);
            }
        }
    }

    @Override
    public void end() {
        endRoom();
    }

    private void beginRoom(HistoryReader.Entry entry) {
        room = entry.room();
        head = entry.head();
        last = 0;
        standings.clear();
        if (entry.head() == null) {
            find(Finding.Kind.ORPHAN, 0, "there are events of this room, and no room");
        } else {
            rooms++;
        }
    }

    private void judge(HistoryReader.StoredEvent event) {
        long seq = event.seq();
        if (seq > last + 1) {
            find(
                    Finding.Kind.HOLE,
                    last + 1,
                    seq == last + 2 ? "seq is missing" : "seqs up to " + (seq - 1) + " are missing");
        } else if (seq <= last) {
            find(Finding.Kind.DUPLICATE_SEQ, seq, "seq stands again after " + last);
        }
        last = Math.max(last, seq);
        switch (event.kind()) {
            case "message" -> require(event.clientId() != null, seq, "a message without an id");
            case "edit", "delete", "pin" ->
                require(event.clientId() != null && isBefore(event.target(), seq), seq, "a change of no message");
            case "reaction" ->
                require(
                        event.clientId() != null && event.text() != null && isBefore(event.target(), seq),
                        seq,
                        "a reaction to nothing, or with nothing");
            case "room" -> require(event.subject() != null && event.text() != null, seq, "a setting of nothing");
            case "membership" -> judgeMembership(event);
            default -> find(Finding.Kind.MALFORMED, seq, "of a kind that is not known: " + event.kind());
        }
    }

    private static boolean isBefore(@Nullable Long target, long seq) {
        return target != null && target < seq;
    }

    private void require(boolean holds, long seq, String otherwise) {
        if (!holds) {
            find(Finding.Kind.MALFORMED, seq, otherwise);
        }
    }

    private void judgeMembership(HistoryReader.StoredEvent event) {
        String user = event.subject();
        String change = String.valueOf(event.text());
        if (user == null) {
            find(Finding.Kind.MALFORMED, event.seq(), "a membership of nobody");
            return;
        }
        switch (change) {
            case "joined", "invited", "banned" -> standings.put(user, change);
            case "left", "kicked", "declined", "unbanned" -> standings.remove(user);
            case "muted", "unmuted", "owner", "admin", "member" ->
                require("joined".equals(standings.get(user)), event.seq(), "a change of who is no member");
            default -> find(Finding.Kind.MALFORMED, event.seq(), "no known change of a membership");
        }
    }

    private void endRoom() {
        if (room == null) {
            return;
        }
        if (head != null && head != last) {
            find(Finding.Kind.COUNTER, last, "the counter says " + head + ", the last event is " + last);
        }
        Map<String, String> members = membersOf.apply(room);
        if (head != null && !members.equals(standings)) {
            Set<String> apart = new TreeSet<>(members.keySet());
            apart.addAll(standings.keySet());
            apart.removeIf(user -> Objects.equals(members.get(user), standings.get(user)));
            find(Finding.Kind.MEMBERSHIP, 0, "events and members disagree about " + String.join(", ", apart));
        }
    }

    private void find(Finding.Kind kind, long seq, String text) {
        findings.accept(new Finding(kind, String.valueOf(room), seq, text));
    }
}

package chat.parlance.verification;

import chat.parlance.error.ChatException;
import chat.parlance.model.EventKind;
import chat.parlance.model.Mentions;
import chat.parlance.model.UserId;
import chat.parlance.persistence.HistoryReader;
import chat.parlance.persistence.HistoryReader.StoredEvent;
import chat.parlance.persistence.HistoryReader.StoredMember;
import chat.parlance.persistence.HistoryReader.StoredRoom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks every room by its events, in the order of seqs. Holds one room's members at a time and nothing else that
 * grows.
 */
final class HistoryAudit implements HistoryReader.Visitor {

    private static final int EVENTS_PER_STEP = 20_000;

    private final Consumer<Finding> findings;
    private final LongConsumer progress;
    private final ReplayedMembers replayedMembers = new ReplayedMembers();
    private final ReplayedSettings replayedSettings = new ReplayedSettings();
    private String id = "";
    private @Nullable StoredRoom room;
    private Map<String, StoredMember> members = Map.of();
    private long last;
    private long lastStamp;
    private long rooms;
    private long events;

    /** @param progress called now and then with the number of checked events */
    HistoryAudit(Consumer<Finding> findings, LongConsumer progress) {
        this.findings = findings;
        this.progress = progress;
    }

    long rooms() {
        return rooms;
    }

    long events() {
        return events;
    }

    @Override
    public void beginRoom(String roomId, @Nullable StoredRoom stored, Map<String, StoredMember> storedMembers) {
        id = roomId;
        room = stored;
        members = storedMembers;
        last = 0;
        lastStamp = 0;
        replayedMembers.beginRoom(stored != null && stored.direct());
        replayedSettings.beginRoom();
        if (stored == null) {
            find(Finding.Kind.ORPHAN, 0, "there are events or members of this room, and no room");
        } else {
            rooms++;
        }
    }

    @Override
    public void accept(StoredEvent event) {
        events++;
        judgeChain(event);
        judgeSeq(event.seq());
        judgeSender(event);
        judgeShape(event);
        judgeMentions(event);
        if (events % EVENTS_PER_STEP == 0) {
            progress.accept(events);
        }
    }

    @Override
    public void endRoom() {
        if (room == null) {
            return;
        }
        if (room.head() != last) {
            find(Finding.Kind.COUNTER, last, "the counter says " + room.head() + ", the last event is " + last);
        }
        if (room.head() == last && room.headStamp() != lastStamp) {
            find(Finding.Kind.CHAIN, last, "the room does not name the stamp of the last event");
        }
        replayedMembers.compare(members, (user, text) -> find(Finding.Kind.MEMBERSHIP, 0, user + " " + text));
        replayedSettings
                .differences(room)
                .forEach(setting -> find(Finding.Kind.SETTING, 0, setting + " is not what the events say"));
        judgeReadMarkers(room.head());
    }

    private void judgeSeq(long seq) {
        if (seq > last + 1) {
            find(
                    Finding.Kind.HOLE,
                    last + 1,
                    seq == last + 2 ? "seq is missing" : "seqs up to " + (seq - 1) + " are missing");
        } else if (seq <= last) {
            find(Finding.Kind.DUPLICATE_SEQ, seq, "seq stands again after " + last);
        }
        last = Math.max(last, seq);
    }

    /**
     * Checks the chain of stamps. Called before {@link #judgeSeq}: after a missing or repeated seq the next event
     * cannot be checked.
     */
    private void judgeChain(StoredEvent event) {
        if (event.stamp() <= 0) {
            find(Finding.Kind.CHAIN, event.seq(), "an event without a stamp");
        } else if (event.seq() == last + 1 && event.previous() != lastStamp) {
            find(Finding.Kind.CHAIN, event.seq(), "the event does not name the stamp of the one before");
        }
        lastStamp = event.stamp();
    }

    /** Checks that the sender of a post was a member then. Called before the event changes memberships. */
    private void judgeSender(StoredEvent event) {
        boolean isPost = EventKind.find(event.kind())
                .filter(kind -> kind != EventKind.ROOM && kind != EventKind.MEMBERSHIP)
                .isPresent();
        if (isPost && !replayedMembers.isJoined(event.sender())) {
            find(Finding.Kind.SENDER, event.seq(), event.sender() + " sent it, and was no member of the room then");
        }
    }

    private void judgeShape(StoredEvent event) {
        Optional<EventKind> kind = EventKind.find(event.kind());
        String wrong = kind.isPresent() ? problem(kind.get(), event) : "of a kind that is not known: " + event.kind();
        if (wrong != null) {
            find(Finding.Kind.MALFORMED, event.seq(), wrong);
        }
    }

    private @Nullable String problem(EventKind kind, StoredEvent event) {
        return switch (kind) {
            case ROOM -> replayedSettings.apply(event);
            case MEMBERSHIP -> replayedMembers.apply(event);
            default -> absentField(kind, event);
        };
    }

    private static @Nullable String absentField(EventKind kind, StoredEvent event) {
        try {
            kind.read(new StoredBody(event));
            return null;
        } catch (IllegalArgumentException | ChatException absent) {
            return absent.getMessage();
        }
    }

    /**
     * Checks mentions. Those of an event are the members that its text names; counts are of the members that the
     * present text names.
     */
    private void judgeMentions(StoredEvent event) {
        if (!event.kind().equals("message") && !event.kind().equals("edit")) {
            return;
        }
        Set<String> named = Mentions.in(event.text()).stream()
                .map(UserId::value)
                .filter(replayedMembers::isJoined)
                .limit(Mentions.MAX)
                .collect(Collectors.toCollection(TreeSet::new));
        compareMentions(event, named, event.mentions());
        if (event.mentioned() != null) {
            named.remove(event.sender());
            compareMentions(event, named, event.mentioned());
        }
    }

    private void compareMentions(StoredEvent event, Set<String> named, Set<String> stored) {
        stored.stream()
                .filter(user -> !named.contains(user))
                .sorted()
                .forEach(user -> find(
                        Finding.Kind.MENTION, event.seq(), "a mention of " + user + ", whom the text does not name"));
        named.stream()
                .filter(user -> !stored.contains(user))
                .forEach(user -> find(Finding.Kind.MENTION, event.seq(), "the mention of " + user + " is missing"));
    }

    private void judgeReadMarkers(long head) {
        members.forEach((user, member) -> {
            if (member.readSeq() < 0 || member.readSeq() > head) {
                find(Finding.Kind.READ_MARKER, member.readSeq(), user + " has read more than there is");
            }
        });
    }

    private void find(Finding.Kind kind, long seq, String text) {
        findings.accept(new Finding(kind, id, seq, text));
    }
}

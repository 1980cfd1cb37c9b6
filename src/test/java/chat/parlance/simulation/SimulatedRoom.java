package chat.parlance.simulation;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Role;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.room.EventPage;
import chat.parlance.room.MemberChange;
import chat.parlance.room.NewEvent;
import chat.parlance.room.Permission;
import chat.parlance.room.Range;
import chat.parlance.room.RoomAccess;
import chat.parlance.room.RoomRules;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The rows of one public room: its events and its members. The real rules decide their changes. */
final class SimulatedRoom {

    private static final int PAGE = 10;

    private record Place(MembershipState membership, Role role) {}

    private final RoomId id;
    private final LongFunction<Stamp> stamps;
    private final TreeMap<Long, Event> events = new TreeMap<>();
    private final Map<UserId, Place> places = new HashMap<>();

    /** Muted users, also those who left while muted. */
    private final Set<UserId> muted = new HashSet<>();

    private long sequence;

    private SimulatedRoom(RoomId id, LongFunction<Stamp> stamps) {
        this.id = id;
        this.stamps = stamps;
    }

    /** @param stamps generates the stamp of the event with a seq */
    SimulatedRoom(RoomId id, UserId owner, LongFunction<Stamp> stamps) {
        this(id, stamps);
        places.put(owner, new Place(MembershipState.JOINED, Role.OWNER));
        store(nextOfSequence(), owner, new EventBody.MembershipChanged(owner, MembershipChange.JOINED));
    }

    /** Copy of the rows, for a backup. */
    SimulatedRoom copy() {
        SimulatedRoom copy = new SimulatedRoom(id, stamps);
        copy.events.putAll(events);
        copy.places.putAll(places);
        copy.muted.addAll(muted);
        copy.sequence = sequence;
        return copy;
    }

    List<Event> history() {
        return List.copyOf(events.values());
    }

    long head() {
        return events.lastKey();
    }

    /** Next seq of a sequence, which only a broken server would use. */
    long nextOfSequence() {
        return ++sequence;
    }

    boolean isBanned(UserId user) {
        Place place = places.get(user);
        return place != null && place.membership() == MembershipState.BANNED;
    }

    EventPage page(long after, int limit) {
        return new EventPage(
                events.tailMap(after, false).values().stream()
                        .limit(Math.min(limit, PAGE))
                        .toList(),
                end(),
                place(after));
    }

    /** The newest event, and the one of {@code seq}. */
    EventPage compared(long seq) {
        return new EventPage(List.of(), end(), place(seq));
    }

    /** The newest event. */
    Cursor end() {
        return events.lastEntry().getValue().cursor();
    }

    /** The newest event that is no delete, for a broken server. */
    Cursor endWithoutDeletes() {
        return events.descendingMap().values().stream()
                .filter(event -> !(event.body() instanceof EventBody.Delete))
                .findFirst()
                .orElseThrow()
                .cursor();
    }

    private @Nullable Cursor place(long seq) {
        if (seq == 0) {
            return Cursor.START;
        }
        Event event = events.get(seq);
        return event == null ? null : event.cursor();
    }

    RoomAccess access(UserId user, Range range) {
        return new RoomAccess(Visibility.PUBLIC, false, membership(user), page(range));
    }

    /** Reason for a refusal of the post, null when it is allowed. */
    @Nullable
    ErrorCode refusal(NewEvent event) {
        Membership sender = membership(event.sender());
        if (sender == null || !sender.isJoined()) {
            return ErrorCode.ROOM_NOT_FOUND;
        }
        return sender.muted() && Permission.toPost(event.body()).speaks() ? ErrorCode.ROOM_MUTED : null;
    }

    Event store(long seq, UserId sender, EventBody body) {
        Event event = new Event(id, seq, stamps.apply(seq), stampBefore(seq), Instant.EPOCH, sender, body);
        events.put(seq, event);
        return event;
    }

    /** Deletes a message of the owner: its text goes, and an event follows. */
    List<Event> delete(long seq, UserId actor, ClientId clientId) {
        for (Event event : events.descendingMap().values()) {
            if (event.sender().equals(actor)
                    && event.body() instanceof EventBody.Message message
                    && message.text() != null) {
                events.put(
                        event.seq(),
                        new Event(
                                id,
                                event.seq(),
                                event.stamp(),
                                event.previous(),
                                event.at(),
                                event.sender(),
                                new EventBody.Message(message.id(), null)));
                return List.of(store(seq, actor, new EventBody.Delete(clientId, event.seq())));
            }
        }
        return List.of();
    }

    /** The newest events. */
    EventPage newest(int limit) {
        return new EventPage(List.copyOf(events.tailMap(head() - limit, false).values()), end(), null);
    }

    /** The newest events, for a user. */
    RoomAccess newest(UserId user, int limit) {
        return new RoomAccess(Visibility.PUBLIC, false, membership(user), newest(limit));
    }

    /** Stamp of the event before, which an event after a broken server's hole cannot name. */
    private Stamp stampBefore(long seq) {
        Event before = events.get(seq - 1);
        if (before != null) {
            return before.stamp();
        }
        return seq == 1 ? Stamp.NONE : stamps.apply(seq - 1);
    }

    /** @return the event of the change, none when it changes nothing */
    List<Event> change(long seq, UserId actor, MemberChange wanted) {
        UserId user = wanted.user();
        RoomRules.Situation situation = new RoomRules.Situation(Visibility.PUBLIC, false, membership(actor));
        RoomRules.Subject subject = new RoomRules.Subject(membership(user), actor.equals(user), 1);
        if (!RoomRules.check(wanted.change(), situation, subject)) {
            return List.of();
        }
        apply(user, wanted.change());
        return List.of(store(seq, actor, new EventBody.MembershipChanged(user, wanted.change())));
    }

    private void apply(UserId user, MembershipChange change) {
        switch (change) {
            case JOINED -> places.put(user, new Place(MembershipState.JOINED, Role.MEMBER));
            case BANNED -> places.put(user, new Place(MembershipState.BANNED, Role.MEMBER));
            case LEFT, KICKED, UNBANNED -> places.remove(user);
            case MUTED -> muted.add(user);
            case UNMUTED -> muted.remove(user);
            case INVITED, DECLINED, OWNER, ADMIN, MEMBER -> throw new UnsupportedOperationException(change.wireName());
        }
    }

    private @Nullable Membership membership(UserId user) {
        Place place = places.get(user);
        return place == null ? null : new Membership(place.membership(), place.role(), muted.contains(user));
    }

    private EventPage page(Range range) {
        return switch (range) {
            case Range.After after -> {
                EventPage page = page(after.seq(), after.limit());
                yield head() - after.seq() > after.maxBehind() ? compared(after.seq()) : page;
            }
            case Range.Before before -> page(Math.max(0, head() - before.limit()), before.limit());
            case Range.Around around -> throw new UnsupportedOperationException();
            case Range.From from -> throw new UnsupportedOperationException();
        };
    }
}

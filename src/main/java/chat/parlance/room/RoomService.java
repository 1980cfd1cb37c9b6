package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.Member;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MembershipState;
import chat.parlance.model.PageSize;
import chat.parlance.model.PostRequest;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.Room;
import chat.parlance.model.RoomChanges;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rooms as a user can use them, for every language of the server. A room that is hidden from the user is answered
 * exactly as one that does not exist. Belongs to the event loop of its source of
 * history.
 */
public final class RoomService {

    private static final int MAX_FIRST_MEMBERS = 100;

    private final EventStore events;
    private final RoomStore rooms;
    private final HistorySource history;
    private final RoomLimits limits;

    /** Creates a service that reads each page of history from the store. */
    public RoomService(EventStore events, RoomStore rooms, RoomLimits limits) {
        this(events, rooms, HistorySource.of(rooms), limits);
    }

    public RoomService(EventStore events, RoomStore rooms, HistorySource history, RoomLimits limits) {
        this.events = events;
        this.rooms = rooms;
        this.history = history;
        this.limits = limits;
    }

    // Messages

    /**
     * Posts a message, or changes one. The storing transaction checks the sender's permission and the stamp of the
     * target, so stale data on this node cannot let a removed member post.
     */
    public Future<Appended> post(UserId sender, RoomId room, PostRequest request) {
        PostRules.check(request.body(), limits.maxTextBytes());
        return events.append(new NewEvent(room, sender, request));
    }

    /**
     * Page of history: messages in their present state. Fails with {@code history.changed} when the page is requested
     * after an event with a stamp, and the store has another event at that seq or none.
     */
    public Future<EventPage> history(UserId viewer, RoomId room, Selection selection, Range range) {
        return page(viewer, room, selection, range).map(HistoryPage::page);
    }

    /** {@link #history} with the encoded forms that readers share. */
    public Future<HistoryPage> page(UserId viewer, RoomId room, Selection selection, Range range) {
        PageSize.require(range.limit());
        return history.read(room, viewer, selection, range).map(found -> {
            HistoryAccess access = found.orElseThrow(RoomService::notFound);
            RoomRules.checkRead(access.situation());
            checkContinuity(range, access.page().page());
            return access.page();
        });
    }

    /**
     * Refuses a page that follows an event of another history: the client would take the page for a continuation of its
     * copy.
     */
    private static void checkContinuity(Range range, EventPage page) {
        if (range instanceof Range.After after
                && after.since().stamp() != null
                && (page.after() == null || !after.since().isAt(page.after()))) {
            throw new ChatException(ErrorCode.HISTORY_CHANGED);
        }
    }

    /** One message in its present state. */
    public Future<Event> message(UserId viewer, RoomId room, long seq) {
        return history(viewer, room, Selection.MESSAGES, new Range.Around(seq, 1))
                .map(page -> page.events().stream()
                        .filter(event -> event.seq() == seq)
                        .findFirst()
                        .orElseThrow(() -> new ChatException(ErrorCode.MESSAGE_NOT_FOUND)));
    }

    /** Reads a room's events for a connection that joins; the user becomes a member of a public room. */
    Future<RoomAccess> open(UserId user, RoomId room, Range range) {
        return rooms.access(room, user, range).compose(found -> {
            if (found.isPresent() && found.get().isJoined()) {
                return Future.succeededFuture(found.get());
            }
            return join(user, room)
                    .compose(joined -> rooms.access(room, user, range))
                    .map(access -> access.filter(RoomAccess::isJoined).orElseThrow(RoomService::notFound));
        });
    }

    /** Membership of a user in a room, without events; empty when there is no such room. */
    Future<Optional<RoomAccess>> membership(UserId user, RoomId room) {
        return rooms.membership(room, user);
    }

    // Rooms

    /** Rooms that the user can see, by id, the first ones after {@code after}. */
    public Future<List<Room>> list(UserId user, RoomFilter filter, String after, int limit) {
        PageSize.require(limit);
        return rooms.list(user, filter, after, limit);
    }

    /** The room as the viewer sees it. Fails with {@code room.not_found} or {@code room.banned}. */
    public Future<Room> find(UserId viewer, RoomId room) {
        return rooms.find(room, viewer).map(found -> {
            Room seen = found.orElseThrow(RoomService::notFound);
            RoomRules.checkVisible(new RoomRules.Situation(seen.visibility(), seen.archived(), seen.viewer()));
            return seen;
        });
    }

    /** See {@link ReadMarkers#move}, which limits how often a marker is written. */
    Future<MovedMarker> markRead(UserId user, RoomId room, Set<Target> targets) {
        return rooms.markRead(room, user, targets)
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> refuseMarker(user, room)));
    }

    /** See {@link ReadMarkers#moveBack}. */
    Future<ReadMarker> markUnread(UserId user, RoomId room, Target target) {
        return rooms.markUnread(room, user, target)
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> refuseMarker(user, room)));
    }

    private <T> Future<T> refuseMarker(UserId user, RoomId room) {
        return find(user, room).map(visible -> {
            throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "Join the room first");
        });
    }

    /**
     * Creates a room that its creator owns. Fails with {@code room.exists}, or {@code user.not_found} for a member.
     *
     * @param members its first members besides the creator, at most 100
     * @throws ChatException with {@code bad_request} when there are more
     */
    public Future<Room> create(
            UserId creator, RoomId room, RoomProfile profile, Visibility visibility, List<UserId> members) {
        if (members.size() > MAX_FIRST_MEMBERS) {
            throw ChatException.badRequest("A room starts with at most " + MAX_FIRST_MEMBERS + " members");
        }
        List<UserId> others = members.stream()
                .distinct()
                .filter(member -> !member.equals(creator))
                .toList();
        return rooms.create(room, profile, visibility, creator, others).compose(created -> find(creator, room));
    }

    /** Direct room of two users, created when there is none yet. */
    public Future<Room> openDirect(UserId user, UserId other) {
        if (user.equals(other)) {
            throw ChatException.badRequest("A direct conversation needs another user");
        }
        RoomId room = RoomId.direct(user, other);
        return rooms.find(room, user)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found.get())
                        : rooms.createDirect(user, other).compose(created -> find(user, room)));
    }

    /**
     * Changes the settings of a room. Fails with {@code room.not_found}, {@code room.forbidden}, {@code room.archived}
     * or {@code room.direct}.
     *
     * @return the events of the change; none for a setting that has this value already
     * @throws ChatException with {@code bad_request} when there is nothing to change
     */
    public Future<List<Event>> change(UserId actor, RoomId room, RoomChanges changes) {
        if (changes.isEmpty()) {
            throw ChatException.badRequest("There is nothing to change");
        }
        return rooms.changeSettings(room, actor, changes);
    }

    // Members

    /**
     * Members with this membership by user id, the first ones after {@code after}. Only a user with the permission to
     * ban may list banned users.
     */
    public Future<List<Member>> members(
            UserId viewer, RoomId room, MembershipState membership, String after, int limit) {
        PageSize.require(limit);
        return find(viewer, room).compose(visible -> {
            RoomRules.Situation situation =
                    new RoomRules.Situation(visible.visibility(), visible.archived(), visible.viewer());
            RoomRules.checkMembers(situation, membership);
            return rooms.members(room, membership, after, limit);
        });
    }

    /**
     * Joins a public room, or accepts an invitation, see {@link RoomStore#join}.
     */
    public Future<List<Event>> join(UserId user, RoomId room) {
        return rooms.join(room, user);
    }

    /** Joins a room as an administrator of the server, see {@link RoomStore#joinAny}. */
    public Future<List<Event>> joinAny(UserId user, RoomId room) {
        return rooms.joinAny(room, user);
    }

    /** {@link #change(UserId, RoomId, List)} for the user itself, which leaves the room. */
    public Future<List<Event>> leave(UserId user, RoomId room) {
        return change(user, room, user, MembershipChange.LEFT);
    }

    /** {@link #change(UserId, RoomId, List)} for one user. */
    public Future<List<Event>> change(UserId actor, RoomId room, UserId user, MembershipChange change) {
        return change == MembershipChange.JOINED && actor.equals(user)
                ? join(user, room)
                : change(actor, room, List.of(new MemberChange(user, change)));
    }

    /**
     * Changes memberships, roles and mutes, all or none. Fails with {@code room.not_found}, {@code user.not_found},
     * {@code member.not_found}, {@code room.forbidden}, {@code room.banned}, {@code room.last_owner}, {@code
     * room.archived} or {@code room.direct}.
     *
     * @return the events of the changes; none for one that changes nothing
     */
    public Future<List<Event>> change(UserId actor, RoomId room, List<MemberChange> changes) {
        return rooms.changeMembers(room, actor, changes);
    }

    /** Makes the user the owner and the actor, who was the owner, an admin. */
    public Future<List<Event>> handOver(UserId actor, RoomId room, UserId user) {
        if (actor.equals(user)) {
            throw ChatException.badRequest("You cannot hand the room over to yourself");
        }
        return change(
                actor,
                room,
                List.of(
                        new MemberChange(user, MembershipChange.OWNER),
                        new MemberChange(actor, MembershipChange.ADMIN)));
    }

    private static ChatException notFound() {
        return new ChatException(ErrorCode.ROOM_NOT_FOUND);
    }
}

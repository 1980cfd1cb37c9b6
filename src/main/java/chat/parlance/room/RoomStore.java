package chat.parlance.room;

import chat.parlance.model.Event;
import chat.parlance.model.Member;
import chat.parlance.model.MembershipState;
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
 * Rooms, their members and their history. Each change is made in one transaction together with its events, which are
 * published like all others.
 */
public interface RoomStore {

    /**
     * Membership of {@code user} in the room, with the events of {@code range} as they were stored; empty when there is
     * no such room.
     */
    Future<Optional<RoomAccess>> access(RoomId room, UserId user, Range range);

    /** Membership of {@code user} in the room, without events; empty when there is no such room. */
    Future<Optional<RoomAccess>> membership(RoomId room, UserId user);

    /**
     * The newest events of one selection, messages in their present state, without a check of permissions. The tallies of
     * a message list more users than a page does, in the order of their reactions or votes. Empty when there is no such
     * room.
     */
    Future<Optional<EventPage>> tail(RoomId room, Selection selection, int limit);

    /**
     * Membership of the user with the events of one selection, messages in their present state; the seq of a range may be
     * that of an event of any kind.
     */
    Future<Optional<RoomAccess>> history(RoomId room, UserId user, Selection selection, Range range);

    /** Rooms that {@code user} can see, by id, after {@code after}. */
    Future<List<Room>> list(UserId user, RoomFilter filter, String after, int limit);

    /** Room as {@code user} sees it, hidden or not; empty when there is none. */
    Future<Optional<Room>> find(RoomId room, UserId user);

    /**
     * Moves the user's read marker to the furthest of the targets, never back and never past the head; empty when the
     * user is not a member of the room. A target with a stamp counts only when the event at its seq has this stamp.
     */
    Future<Optional<MovedMarker>> markRead(RoomId room, UserId user, Set<Target> targets);

    /**
     * Moves the user's read marker back to just before a message; empty when the user is not a member of the room.
     *
     * <p>Fails with {@code history.changed} when the event at the target's seq has another stamp.
     */
    Future<Optional<ReadMarker>> markUnread(RoomId room, UserId user, Target target);

    /** Members with this membership, by user id, after {@code after}. */
    Future<List<Member>> members(RoomId room, MembershipState membership, String after, int limit);

    /**
     * Creates a room with its first members, the creator as owner.
     *
     * <p>Fails with {@code room.exists} or {@code user.not_found}.
     */
    Future<Void> create(RoomId room, RoomProfile profile, Visibility visibility, UserId creator, List<UserId> members);

    /**
     * Creates the direct room of two users, when there is none yet.
     *
     * <p>Fails with {@code user.not_found}.
     */
    Future<Void> createDirect(UserId creator, UserId other);

    /**
     * Applies the changes one after the other, all or none, if {@link RoomRules} allow them to {@code actor}; a change
     * that changes nothing succeeds.
     *
     * <p>Fails with the code of the rule, {@code room.not_found} or {@code user.not_found}, or with {@code
     * server.overloaded} when another transaction holds the room for too long; nothing is changed then.
     *
     * @return the events of the changes
     */
    Future<List<Event>> changeMembers(RoomId room, UserId actor, List<MemberChange> changes);

    /**
     * Joins a public room, or accepts an invitation: {@link #changeMembers} for the user itself. Joins of many users and
     * rooms are stored together.
     *
     * <p>Fails like {@link #changeMembers}, or with {@code room.limit}.
     *
     * @return the event of the join; none for a member
     */
    Future<List<Event>> join(RoomId room, UserId user);

    /**
     * Joins a room by the permission to join any room. The events are an invitation of {@code actor} by itself, which
     * nothing else can cause, and the join.
     *
     * <p>Fails with {@code account.forbidden}, {@code room.not_found}, {@code room.direct}, {@code room.archived},
     * {@code room.banned} or {@code room.limit}.
     */
    Future<List<Event>> joinAny(RoomId room, UserId actor);

    /** Like {@link #changeMembers}, for the room's settings. */
    Future<List<Event>> changeSettings(RoomId room, UserId actor, RoomChanges changes);
}

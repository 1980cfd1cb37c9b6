package chat.parlance.room;

import chat.parlance.model.Member;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Rooms and their members. A change of membership is an event of the room and published like every other. */
public interface RoomStore {

    /** What {@code user} may see of the room, with the events of {@code range}; empty when there is no such room. */
    Future<Optional<Access>> access(RoomId room, UserId user, Range range);

    /** The rooms that {@code user} can see, by id, after {@code after}. */
    Future<List<Room>> list(UserId user, String after, int limit);

    /** The room as {@code user} sees it, hidden or not; empty when there is none. */
    Future<Optional<Room>> find(RoomId room, UserId user);

    /** The members by user id, after {@code after}. */
    Future<List<Member>> members(RoomId room, String after, int limit);

    /**
     * Makes a room with its first members, the creator as owner.
     *
     * <p>Fails with {@code room.exists} or {@code user.not_found}.
     */
    Future<Room> create(RoomId room, String name, Visibility visibility, UserId creator, List<UserId> members);

    /**
     * Lets {@code user} join or leave in one transaction, if {@link MembershipRules} allow it to {@code actor}. Joining
     * as a member or leaving as a stranger changes nothing and succeeds.
     *
     * <p>Fails with the code of the rule, {@code room.not_found} or {@code user.not_found}.
     */
    Future<Void> changeMembership(RoomId room, UserId actor, UserId user, MembershipChange change);
}

package chat.parlance.room;

import chat.parlance.model.Event;
import chat.parlance.model.Member;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipState;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.Role;
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

/** A store that returns a user's membership in the room and its events, and nothing else unless a test adds it. */
public interface AccessOnly extends RoomStore {

    /** The room as a member sees it. */
    static Optional<RoomAccess> granted(EventPage page) {
        return Optional.of(new RoomAccess(
                Visibility.PUBLIC, false, new Membership(MembershipState.JOINED, Role.MEMBER, false), page));
    }

    /** The room as a stranger sees it. */
    static Optional<RoomAccess> refused(EventPage page) {
        return Optional.of(new RoomAccess(Visibility.PRIVATE, false, null, page));
    }

    @Override
    default Future<Optional<RoomAccess>> membership(RoomId room, UserId user) {
        return access(room, user, Range.newest(0));
    }

    @Override
    default Future<Optional<EventPage>> tail(RoomId room, Selection selection, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<Optional<RoomAccess>> history(RoomId room, UserId user, Selection selection, Range range) {
        return access(room, user, range);
    }

    @Override
    default Future<List<Room>> list(UserId user, RoomFilter filter, String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<Optional<Room>> find(RoomId room, UserId user) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<Optional<MovedMarker>> markRead(RoomId room, UserId user, Set<Target> targets) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<Optional<ReadMarker>> markUnread(RoomId room, UserId user, Target target) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<List<Member>> members(RoomId room, MembershipState membership, String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<Void> create(
            RoomId room, RoomProfile profile, Visibility visibility, UserId creator, List<UserId> members) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<Void> createDirect(UserId creator, UserId other) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<List<Event>> changeMembers(RoomId room, UserId actor, List<MemberChange> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<List<Event>> join(RoomId room, UserId user) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<List<Event>> joinAny(RoomId room, UserId actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Future<List<Event>> changeSettings(RoomId room, UserId actor, RoomChanges changes) {
        throw new UnsupportedOperationException();
    }
}

package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Member;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.Text;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user can do with rooms, whichever door the request came through. A room that the user may not see is answered
 * exactly as one that does not exist. Stateless; may be called from any event loop.
 */
public final class RoomService {

    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_FIRST_MEMBERS = 100;
    private static final int LIST_LIMIT = 100;

    private final EventStore events;
    private final RoomStore rooms;
    private final RoomLimits limits;

    public RoomService(EventStore events, RoomStore rooms, RoomLimits limits) {
        this.events = events;
        this.rooms = rooms;
        this.limits = limits;
    }

    /**
     * Posts a message. Whether the sender may is decided in the transaction that stores it, so no stale knowledge of
     * this node can let a removed member in.
     */
    public Future<Appended> post(UserId sender, RoomId room, ClientId id, String text) {
        return events.append(new NewMessage(room, sender, id, Text.message(text, limits.maxTextBytes())));
    }

    /** Reads a room's events for a connection that joins it; the user becomes a member of a public room. */
    Future<EventPage> open(UserId user, RoomId room, Range range) {
        return rooms.access(room, user, range).compose(found -> {
            if (found.isPresent() && found.get().role() != null) {
                return Future.succeededFuture(found.get().page());
            }
            return rooms.changeMembership(room, user, user, MembershipChange.JOINED)
                    .compose(joined -> rooms.access(room, user, range))
                    .map(access -> access.filter(now -> now.role() != null)
                            .orElseThrow(RoomService::notFound)
                            .page());
        });
    }

    /** A page of history. */
    public Future<EventPage> history(UserId viewer, RoomId room, Range range) {
        if (range.limit() < 1 || range.limit() > limits.historyPageLimit()) {
            return Future.failedFuture(
                    ChatException.badRequest("The limit is 1 to " + limits.historyPageLimit() + " events"));
        }
        return rooms.access(room, viewer, range)
                .map(found -> found.filter(Access::visible)
                        .orElseThrow(RoomService::notFound)
                        .page());
    }

    /** The rooms that the user can see, by id, the first ones after {@code after}. */
    public Future<List<Room>> list(UserId user, String after) {
        return rooms.list(user, after, LIST_LIMIT);
    }

    public Future<Room> find(UserId viewer, RoomId room) {
        return rooms.find(room, viewer)
                .map(found -> found.filter(it -> it.role() != null || it.visibility() == Visibility.PUBLIC)
                        .orElseThrow(RoomService::notFound));
    }

    /** The members by user id, the first ones after {@code after}. */
    public Future<List<Member>> members(UserId viewer, RoomId room, String after) {
        return find(viewer, room).compose(visible -> rooms.members(room, after, LIST_LIMIT));
    }

    /** @param name what people call it, null for the id */
    public Future<Room> create(
            UserId creator, RoomId room, @Nullable String name, Visibility visibility, List<UserId> members) {
        if (members.size() > MAX_FIRST_MEMBERS) {
            return Future.failedFuture(
                    ChatException.badRequest("A room starts with at most " + MAX_FIRST_MEMBERS + " members"));
        }
        String shown = name == null ? room.value() : Text.displayName("name", name, MAX_NAME_LENGTH);
        List<UserId> others = members.stream()
                .distinct()
                .filter(member -> !member.equals(creator))
                .toList();
        return rooms.create(room, shown, visibility, creator, others);
    }

    public Future<Void> addMember(UserId actor, RoomId room, UserId user) {
        return rooms.changeMembership(room, actor, user, MembershipChange.JOINED);
    }

    public Future<Void> removeMember(UserId actor, RoomId room, UserId user) {
        return rooms.changeMembership(room, actor, user, MembershipChange.LEFT);
    }

    private static ChatException notFound() {
        return new ChatException(ErrorCode.ROOM_NOT_FOUND);
    }
}

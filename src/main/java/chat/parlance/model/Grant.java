package chat.parlance.model;

import java.util.Set;

/**
 * Limit of a credential within the rights of its account. It adds no right: the account must have each right as well.
 *
 * @param whole true for a log-in, which is not limited
 * @param scopes of a token
 * @param rooms of a token that is limited to rooms; empty for all rooms
 */
public record Grant(boolean whole, Set<Scope> scopes, Set<RoomId> rooms) {

    /** Grant of a log-in. */
    public static final Grant WHOLE = new Grant(true, Set.of(), Set.of());

    public Grant {
        scopes = Set.copyOf(scopes);
        rooms = Set.copyOf(rooms);
    }

    /** Grant of a token. */
    public static Grant of(Set<Scope> scopes, Set<RoomId> rooms) {
        return new Grant(false, scopes, rooms);
    }

    public boolean has(Scope scope) {
        return whole || scopes.contains(scope);
    }

    /** True for a grant that ends at its rooms, so that nothing of other rooms is visible with it. */
    public boolean isLimitedToRooms() {
        return !rooms.isEmpty();
    }

    public boolean includes(RoomId room) {
        return rooms.isEmpty() || rooms.contains(room);
    }
}

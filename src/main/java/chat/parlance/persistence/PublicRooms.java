package chat.parlance.persistence;

import chat.parlance.room.Permission;
import java.util.stream.Collectors;

/** Conditions by which queries hide public rooms from users without the permission to see them. */
final class PublicRooms {

    private static final String ROLES = Permission.SEE_PUBLIC_ROOMS
            .rolesWithout()
            .map(role -> "'" + role + "'")
            .collect(Collectors.joining(", ", "(", ")"));

    private PublicRooms() {}

    /**
     * True unless the user may not see public rooms. The subquery does not depend on the row.
     *
     * @param user the expression of the user's id
     */
    static String seenBy(String user) {
        return "not exists (select from account g where g.user_id = %s and g.server_role in %s)".formatted(user, ROLES);
    }

    /**
     * True for a room that is not public, for a user who has a membership in it, and for all who see public rooms.
     * Expects the room as {@code r} and its member row, if any, as {@code m}.
     */
    static String orOwn(String user) {
        return "(r.visibility <> 'public' or m.membership in ('joined', 'invited', 'banned') or %s)"
                .formatted(seenBy(user));
    }
}

package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Role;
import chat.parlance.model.Visibility;
import org.jspecify.annotations.Nullable;

/** Who may add whom to a room, and remove whom from it. The one place of these rules. */
public final class MembershipRules {

    /**
     * A room and the two users of a change, as the transaction that is about to make it sees them.
     *
     * @param actorRole the role of who asks, null for a stranger
     * @param userRole the role of whom it is about, null for a stranger
     * @param self whether both are the same user
     * @param owners how many owners the room has
     */
    public record Situation(
            Visibility visibility,
            @Nullable Role actorRole,
            @Nullable Role userRole,
            boolean self,
            long owners) {}

    private MembershipRules() {}

    /**
     * @return whether there is anything to change
     * @throws ChatException when the change is refused
     */
    public static boolean check(MembershipChange change, Situation situation) {
        if (situation.actorRole() == null && situation.visibility() == Visibility.PRIVATE) {
            throw new ChatException(ErrorCode.ROOM_NOT_FOUND);
        }
        return switch (change) {
            case JOINED -> checkJoin(situation);
            case LEFT -> checkLeave(situation);
        };
    }

    private static boolean checkJoin(Situation situation) {
        if (situation.userRole() != null) {
            return false;
        }
        Role actor = situation.actorRole();
        if (situation.self() || (actor != null && actor.mayManageMembers())) {
            return true;
        }
        throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "Only an owner or admin of the room adds members");
    }

    private static boolean checkLeave(Situation situation) {
        Role user = situation.userRole();
        Role actor = situation.actorRole();
        if (user == null) {
            return false;
        }
        if (!situation.self() && (actor == null || !actor.mayManageMembers() || !actor.isAbove(user))) {
            throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "Only somebody above a member removes it from the room");
        }
        if (user == Role.OWNER && situation.owners() == 1) {
            throw new ChatException(ErrorCode.ROOM_LAST_OWNER);
        }
        return true;
    }
}

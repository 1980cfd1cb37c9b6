package chat.parlance.model;

/**
 * Membership of a user in a room; a stranger has none.
 *
 * @param role has a meaning for a joined member alone
 * @param muted true when a member may not post
 */
public record Membership(MembershipState state, Role role, boolean muted) {

    public boolean isJoined() {
        return state == MembershipState.JOINED;
    }
}

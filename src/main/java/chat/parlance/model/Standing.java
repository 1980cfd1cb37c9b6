package chat.parlance.model;

/**
 * Standing of a user in a room; a stranger has none.
 *
 * @param role has a meaning for a joined member alone
 * @param muted true when a member may not post
 */
public record Standing(Membership membership, Role role, boolean muted) {

    public boolean isJoined() {
        return membership == Membership.JOINED;
    }
}

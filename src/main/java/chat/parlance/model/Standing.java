package chat.parlance.model;

/**
 * What a user is in a room that has something to do with them; a stranger has none.
 *
 * @param role means something for a joined member alone
 * @param muted whether a member may not speak
 */
public record Standing(Membership membership, Role role, boolean muted) {

    public boolean isJoined() {
        return membership == Membership.JOINED;
    }
}

package chat.parlance.room;

import chat.parlance.model.EventBody;
import chat.parlance.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * Permissions of members in a room, in one table. A user who is not a joined member has none of them; {@link RoomRules}
 * has the rules for strangers and invited users.
 */
public enum Permission {
    POST(Role.MEMBER, Role.MEMBER, true),
    REACT(Role.MEMBER, Role.MEMBER, true),
    PIN(Role.MEMBER, Role.MEMBER, true),
    VOTE(Role.MEMBER, Role.MEMBER, true),
    CLOSE_POLL(Role.MEMBER, Role.ADMIN, false),
    EDIT_MESSAGE(Role.MEMBER, null, true),
    TYPE(Role.MEMBER, Role.MEMBER, true),
    DELETE_MESSAGE(Role.MEMBER, Role.ADMIN, false),
    CHANGE_SETTINGS(Role.ADMIN),
    ARCHIVE(Role.OWNER),
    INVITE(Role.ADMIN),
    KICK(Role.ADMIN),
    BAN(Role.ADMIN),
    MUTE(Role.ADMIN),
    CHANGE_ROLE(Role.OWNER);

    private static final int NOBODY = Integer.MAX_VALUE;

    private final Role own;
    private final @Nullable Role others;
    private final boolean speaks;

    Permission(Role role) {
        this(role, role, false);
    }

    /**
     * @param own least role for a member's own messages
     * @param others least role for messages of others, null when no role suffices
     * @param speaks true when a muted member lacks the permission
     */
    Permission(Role own, @Nullable Role others, boolean speaks) {
        this.own = own;
        this.others = others;
        this.speaks = speaks;
    }

    /** Permission that a sender needs for this post. */
    public static Permission toPost(EventBody.Posted body) {
        return switch (body) {
            case EventBody.Message message -> POST;
            case EventBody.Edit edit -> EDIT_MESSAGE;
            case EventBody.Delete delete -> DELETE_MESSAGE;
            case EventBody.Reaction reaction -> REACT;
            case EventBody.Pin pin -> PIN;
            case EventBody.Vote vote -> VOTE;
            case EventBody.Close close -> CLOSE_POLL;
        };
    }

    /** Least role for an action that concerns no message. */
    public Role role() {
        return own;
    }

    /** {@link Role#rank} that is needed for one's own message. */
    public int ownRank() {
        return own.rank();
    }

    /** {@link Role#rank} that is needed for another user's message, above every role when no role suffices. */
    public int othersRank() {
        return others == null ? NOBODY : others.rank();
    }

    /** True when a muted member lacks the permission. */
    public boolean speaks() {
        return speaks;
    }
}

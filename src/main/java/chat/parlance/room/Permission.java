package chat.parlance.room;

import chat.parlance.model.EventBody;
import chat.parlance.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in a room: the one table of it. Whoever is not a joined member may do none of these; what a stranger
 * or an invited user may do is in {@link RoomRules}.
 */
public enum Permission {
    POST(Role.MEMBER, Role.MEMBER, true),
    REACT(Role.MEMBER, Role.MEMBER, true),
    PIN(Role.MEMBER, Role.MEMBER, true),
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
     * @param own the least role that may do it with an own message
     * @param others the least role that may do it with another's message, null when nobody may
     * @param speaks whether a muted member may not
     */
    Permission(Role own, @Nullable Role others, boolean speaks) {
        this.own = own;
        this.others = others;
        this.speaks = speaks;
    }

    /** What a sender needs to post this. */
    public static Permission toPost(EventBody.Posted body) {
        return switch (body) {
            case EventBody.Message message -> POST;
            case EventBody.Edit edit -> EDIT_MESSAGE;
            case EventBody.Delete delete -> DELETE_MESSAGE;
            case EventBody.Reaction reaction -> REACT;
            case EventBody.Pin pin -> PIN;
        };
    }

    /** The least role for what is no message of somebody. */
    public Role role() {
        return own;
    }

    /** The {@link Role#rank} that is needed for an own message. */
    public int ownRank() {
        return own.rank();
    }

    /** The {@link Role#rank} that is needed for another's message, higher than any when nobody may. */
    public int othersRank() {
        return others == null ? NOBODY : others.rank();
    }

    /** Whether a muted member may not do it. */
    public boolean speaks() {
        return speaks;
    }
}

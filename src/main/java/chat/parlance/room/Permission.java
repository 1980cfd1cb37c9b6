package chat.parlance.room;

import chat.parlance.model.EventBody;
import chat.parlance.model.Role;
import chat.parlance.model.ServerRole;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Permissions in one table: those of members in a room, and those of accounts on the whole server. A user who is not a
 * joined member has none of the former; {@link RoomRules} has the rules for strangers and invited users.
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
    CHANGE_ROLE(Role.OWNER),

    SEE_PUBLIC_ROOMS(ServerRole.MEMBER),
    FIND_USERS(ServerRole.MEMBER),
    CREATE_ROOM(ServerRole.MEMBER),
    /** Direct rooms that exist already are for guests too. */
    OPEN_DIRECT_ROOM(ServerRole.MEMBER),
    /** To join a room without an invitation, which its members see. */
    JOIN_ANY_ROOM(ServerRole.ADMINISTRATOR),
    MANAGE_USERS(ServerRole.ADMINISTRATOR),
    INVITE_TO_SERVER(ServerRole.ADMINISTRATOR),
    MAKE_BOT(ServerRole.ADMINISTRATOR),
    READ_AUDIT(ServerRole.ADMINISTRATOR);

    private static final int NOBODY = Integer.MAX_VALUE;

    private final @Nullable Role own;
    private final @Nullable Role others;
    private final boolean speaks;

    /** Least role on the server; null for a permission in a room. */
    private final @Nullable ServerRole server;

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
        this.server = null;
    }

    Permission(ServerRole server) {
        this.own = null;
        this.others = null;
        this.speaks = false;
        this.server = server;
    }

    /** True when an account with this role has the permission, which is one on the server. */
    public boolean isOf(ServerRole role) {
        return role.isAtLeast(Objects.requireNonNull(server));
    }

    /** Roles on the server that lack the permission, as stored. */
    public Stream<String> rolesWithout() {
        return Stream.of(ServerRole.values()).filter(role -> !isOf(role)).map(ServerRole::wireName);
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

    /** Least role in the room for an action that concerns no message. */
    public Role role() {
        return Objects.requireNonNull(own);
    }

    /** {@link Role#rank} that is needed for one's own message. */
    public int ownRank() {
        return role().rank();
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

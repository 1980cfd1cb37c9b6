package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Role;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.ServerRole;
import chat.parlance.model.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * Rules for actions in a room, applied to the room as the acting transaction sees it. A room that is hidden from the
 * actor is refused exactly as one that does not exist, before any other check.
 */
public final class RoomRules {

    /**
     * A room and the user who requests something.
     *
     * @param actor membership of that user, null for a stranger
     * @param serverRole role of that user on the server
     */
    public record Situation(
            Visibility visibility,
            boolean archived,
            @Nullable Membership actor,
            ServerRole serverRole) {

        /** Situation as the store returns it to a reader: it hides the public rooms that a guest is not in. */
        public Situation(Visibility visibility, boolean archived, @Nullable Membership actor) {
            this(visibility, archived, actor, ServerRole.MEMBER);
        }

        /** True when the room is one that everybody with the permission to see public rooms sees. */
        boolean isOpen() {
            return visibility == Visibility.PUBLIC && Permission.SEE_PUBLIC_ROOMS.isOf(serverRole);
        }
    }

    /**
     * Target of a change of membership.
     *
     * @param membership the target's membership in the room, null for a stranger
     * @param self true when the target is the actor
     * @param owners number of owners of the room
     */
    public record Subject(@Nullable Membership membership, boolean self, long owners) {

        boolean isJoined() {
            return membership != null && membership.isJoined();
        }

        boolean is(MembershipState state) {
            return membership != null && membership.state() == state;
        }

        boolean isLastOwner() {
            return isJoined() && membership != null && membership.role() == Role.OWNER && owners == 1;
        }
    }

    private RoomRules() {}

    /**
     * Checks that the actor may read the room's events.
     *
     * @throws ChatException when not
     */
    public static void checkRead(Situation room) {
        checkVisible(room);
        if (!room.isOpen() && !isJoined(room.actor())) {
            throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "Accept the invitation first");
        }
    }

    /** @throws ChatException when the room is hidden from the actor, or the actor is banned from it */
    public static void checkVisible(Situation room) {
        Membership actor = room.actor();
        boolean banned = actor != null && actor.state() == MembershipState.BANNED;
        if (!room.isOpen() && (actor == null || banned)) {
            throw new ChatException(ErrorCode.ROOM_NOT_FOUND);
        }
        if (banned) {
            throw new ChatException(ErrorCode.ROOM_BANNED);
        }
    }

    /**
     * Checks that a member may send typing notices.
     *
     * @throws ChatException when not
     */
    public static void checkTyping(boolean muted) {
        if (muted && Permission.TYPE.speaks()) {
            throw new ChatException(ErrorCode.ROOM_MUTED);
        }
    }

    /** @throws ChatException when the actor may not list the members with this membership */
    public static void checkMembers(Situation room, MembershipState membership) {
        checkRead(room);
        if (membership == MembershipState.BANNED) {
            require(Permission.BAN, room);
        }
    }

    /** @throws ChatException when the setting may not be changed */
    public static void check(RoomSetting setting, Situation room) {
        checkVisible(room);
        if (room.visibility() == Visibility.DIRECT) {
            throw new ChatException(ErrorCode.ROOM_DIRECT);
        }
        require(setting.hasValue() ? Permission.CHANGE_SETTINGS : Permission.ARCHIVE, room);
        if (room.archived() && setting.hasValue()) {
            throw new ChatException(ErrorCode.ROOM_ARCHIVED);
        }
    }

    /**
     * @return true when the change changes anything
     * @throws ChatException when the change is refused
     */
    public static boolean check(MembershipChange change, Situation room, Subject user) {
        checkVisible(room);
        if (room.visibility() == Visibility.DIRECT) {
            if (change == MembershipChange.JOINED && user.self()) {
                return false;
            }
            throw new ChatException(ErrorCode.ROOM_DIRECT);
        }
        boolean goes = user.self() && (change == MembershipChange.LEFT || change == MembershipChange.DECLINED);
        boolean isThere = user.isJoined() && change == MembershipChange.JOINED;
        if (room.archived() && !goes && !isThere) {
            throw new ChatException(ErrorCode.ROOM_ARCHIVED);
        }
        return switch (change) {
            case JOINED -> checkJoin(room, user);
            case LEFT -> checkLeave(user);
            case INVITED -> checkInvite(room, user);
            case DECLINED -> user.is(MembershipState.INVITED) && (user.self() || require(Permission.INVITE, room));
            case KICKED ->
                user.isJoined() ? requireAbove(Permission.KICK, room, user) : stranger(Permission.KICK, room);
            case BANNED -> checkBan(room, user);
            case UNBANNED -> require(Permission.BAN, room) && user.is(MembershipState.BANNED);
            case MUTED -> checkMute(room, user, true);
            case UNMUTED -> checkMute(room, user, false);
            case OWNER -> checkRole(room, user, Role.OWNER);
            case ADMIN -> checkRole(room, user, Role.ADMIN);
            case MEMBER -> checkRole(room, user, Role.MEMBER);
        };
    }

    private static boolean checkJoin(Situation room, Subject user) {
        if (!user.self()) {
            throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "You cannot join for others; invite them");
        }
        return !user.isJoined() && (room.isOpen() || user.is(MembershipState.INVITED));
    }

    /**
     * Checks a join by the permission to join any room, for which the actor needs no invitation.
     *
     * @return true when the actor is not a member yet
     * @throws ChatException when the join is refused
     */
    public static boolean checkJoinOfAnyRoom(Situation room) {
        if (room.visibility() == Visibility.DIRECT) {
            throw new ChatException(ErrorCode.ROOM_DIRECT);
        }
        if (isJoined(room.actor())) {
            return false;
        }
        if (room.archived()) {
            throw new ChatException(ErrorCode.ROOM_ARCHIVED);
        }
        if (room.actor() != null && room.actor().state() == MembershipState.BANNED) {
            throw new ChatException(ErrorCode.ROOM_BANNED);
        }
        return true;
    }

    private static boolean checkLeave(Subject user) {
        if (!user.self()) {
            throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "Only the member can leave; remove the member instead");
        }
        if (user.isLastOwner()) {
            throw new ChatException(ErrorCode.ROOM_LAST_OWNER);
        }
        return user.isJoined();
    }

    private static boolean checkInvite(Situation room, Subject user) {
        require(Permission.INVITE, room);
        if (user.is(MembershipState.BANNED)) {
            throw new ChatException(ErrorCode.ROOM_BANNED);
        }
        return user.membership() == null;
    }

    private static boolean checkBan(Situation room, Subject user) {
        if (user.isJoined()) {
            return requireAbove(Permission.BAN, room, user);
        }
        return require(Permission.BAN, room) && !user.is(MembershipState.BANNED);
    }

    private static boolean checkMute(Situation room, Subject user, boolean muted) {
        if (!user.isJoined() || user.membership() == null) {
            return stranger(Permission.MUTE, room);
        }
        return requireAbove(Permission.MUTE, room, user) && user.membership().muted() != muted;
    }

    private static boolean checkRole(Situation room, Subject user, Role role) {
        if (!user.isJoined() || user.membership() == null) {
            return stranger(Permission.CHANGE_ROLE, room);
        }
        require(Permission.CHANGE_ROLE, room);
        if (user.isLastOwner() && role != Role.OWNER) {
            throw new ChatException(ErrorCode.ROOM_LAST_OWNER);
        }
        return user.membership().role() != role;
    }

    /** Refuses a change of a user who is not a member. An actor with the permission gets the precise error. */
    private static boolean stranger(Permission permission, Situation room) {
        require(permission, room);
        throw new ChatException(ErrorCode.MEMBER_NOT_FOUND);
    }

    private static boolean requireAbove(Permission permission, Situation room, Subject user) {
        require(permission, room);
        Membership actor = room.actor();
        Membership membership = user.membership();
        if (actor == null || membership == null || !actor.role().isAbove(membership.role())) {
            throw new ChatException(
                    ErrorCode.ROOM_FORBIDDEN, "You can only do this to members whose role is below yours");
        }
        return true;
    }

    /** @return true when it does not throw */
    private static boolean require(Permission permission, Situation room) {
        Membership actor = room.actor();
        if (actor == null || !actor.isJoined() || !actor.role().isAtLeast(permission.role())) {
            throw new ChatException(ErrorCode.ROOM_FORBIDDEN);
        }
        return true;
    }

    private static boolean isJoined(@Nullable Membership membership) {
        return membership != null && membership.isJoined();
    }
}

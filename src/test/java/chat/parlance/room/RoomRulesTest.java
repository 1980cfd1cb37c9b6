package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Role;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.Visibility;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RoomRulesTest {

    private static final String SELF = "self";

    /** Memberships are a role, muted (a member), invited, banned, or - for a stranger. */
    @ParameterizedTest
    @CsvSource({
        "PUBLIC,  JOINED,   -,       self,    yes",
        "PUBLIC,  JOINED,   member,  self,    no",
        "PUBLIC,  JOINED,   invited, self,    yes",
        "PUBLIC,  JOINED,   banned,  self,    ROOM_BANNED",
        "PUBLIC,  JOINED,   owner,   -,       ROOM_FORBIDDEN",
        "PRIVATE, JOINED,   -,       self,    ROOM_NOT_FOUND",
        "PRIVATE, JOINED,   invited, self,    yes",
        "PRIVATE, JOINED,   banned,  self,    ROOM_NOT_FOUND",
        "DIRECT,  JOINED,   member,  self,    no",
        "DIRECT,  JOINED,   -,       self,    ROOM_NOT_FOUND",
        "PUBLIC,  LEFT,     member,  self,    yes",
        "PUBLIC,  LEFT,     muted,   self,    yes",
        "PUBLIC,  LEFT,     -,       self,    no",
        "PUBLIC,  LEFT,     owner,   member,  ROOM_FORBIDDEN",
        "DIRECT,  LEFT,     member,  self,    ROOM_DIRECT",
        "PUBLIC,  INVITED,  member,  -,       ROOM_FORBIDDEN",
        "PUBLIC,  INVITED,  admin,   -,       yes",
        "PRIVATE, INVITED,  owner,   -,       yes",
        "PUBLIC,  INVITED,  admin,   member,  no",
        "PUBLIC,  INVITED,  admin,   invited, no",
        "PUBLIC,  INVITED,  admin,   banned,  ROOM_BANNED",
        "PRIVATE, INVITED,  invited, -,       ROOM_FORBIDDEN",
        "PRIVATE, DECLINED, invited, self,    yes",
        "PRIVATE, DECLINED, member,  invited, ROOM_FORBIDDEN",
        "PRIVATE, DECLINED, admin,   invited, yes",
        "PRIVATE, DECLINED, admin,   member,  no",
        "PUBLIC,  KICKED,   member,  member,  ROOM_FORBIDDEN",
        "PUBLIC,  KICKED,   admin,   member,  yes",
        "PUBLIC,  KICKED,   admin,   admin,   ROOM_FORBIDDEN",
        "PUBLIC,  KICKED,   admin,   owner,   ROOM_FORBIDDEN",
        "PUBLIC,  KICKED,   owner,   admin,   yes",
        "PUBLIC,  KICKED,   admin,   -,       MEMBER_NOT_FOUND",
        "PUBLIC,  KICKED,   member,  -,       ROOM_FORBIDDEN",
        "PRIVATE, KICKED,   -,       member,  ROOM_NOT_FOUND",
        "PUBLIC,  BANNED,   admin,   member,  yes",
        "PUBLIC,  BANNED,   admin,   -,       yes",
        "PUBLIC,  BANNED,   admin,   banned,  no",
        "PUBLIC,  BANNED,   admin,   owner,   ROOM_FORBIDDEN",
        "PUBLIC,  BANNED,   member,  -,       ROOM_FORBIDDEN",
        "PUBLIC,  UNBANNED, admin,   banned,  yes",
        "PUBLIC,  UNBANNED, admin,   member,  no",
        "PUBLIC,  UNBANNED, member,  banned,  ROOM_FORBIDDEN",
        "PUBLIC,  MUTED,    admin,   member,  yes",
        "PUBLIC,  MUTED,    admin,   muted,   no",
        "PUBLIC,  MUTED,    admin,   admin,   ROOM_FORBIDDEN",
        "PUBLIC,  MUTED,    admin,   invited, MEMBER_NOT_FOUND",
        "PUBLIC,  UNMUTED,  admin,   muted,   yes",
        "PUBLIC,  UNMUTED,  muted,   self,    ROOM_FORBIDDEN",
        "PUBLIC,  ADMIN,    owner,   member,  yes",
        "PUBLIC,  ADMIN,    owner,   admin,   no",
        "PUBLIC,  ADMIN,    admin,   member,  ROOM_FORBIDDEN",
        "PUBLIC,  MEMBER,   owner,   admin,   yes",
        "PUBLIC,  OWNER,    owner,   member,  yes",
        "PUBLIC,  OWNER,    admin,   self,    ROOM_FORBIDDEN",
        "PUBLIC,  OWNER,    owner,   -,       MEMBER_NOT_FOUND",
        "DIRECT,  KICKED,   member,  member,  ROOM_DIRECT",
        "DIRECT,  ADMIN,    member,  self,    ROOM_DIRECT",
    })
    void shouldDecideEveryChangeOfAMembership(
            Visibility visibility, MembershipChange change, String actor, String user, String expected) {
        Membership acting = membership(actor);
        boolean self = user.equals(SELF);
        var situation = new RoomRules.Situation(visibility, false, acting);
        var subject = new RoomRules.Subject(self ? acting : membership(user), self, 2);
        switch (expected) {
            case "yes" ->
                assertThat(RoomRules.check(change, situation, subject)).isTrue();
            case "no" -> assertThat(RoomRules.check(change, situation, subject)).isFalse();
            default -> assertRefused(ErrorCode.valueOf(expected), () -> RoomRules.check(change, situation, subject));
        }
    }

    @ParameterizedTest
    @CsvSource({"LEFT", "MEMBER", "ADMIN"})
    void shouldNotLeaveARoomWithoutAnOwner(MembershipChange change) {
        Membership owner = membership("owner");
        var situation = new RoomRules.Situation(Visibility.PUBLIC, false, owner);
        assertRefused(
                ErrorCode.ROOM_LAST_OWNER,
                () -> RoomRules.check(change, situation, new RoomRules.Subject(owner, true, 1)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JOINED")
    void shouldLetNothingHappenInAnArchivedRoomButThatOneGoes(MembershipChange change) {
        Membership owner = membership("owner");
        var situation = new RoomRules.Situation(Visibility.PUBLIC, true, owner);
        var other = new RoomRules.Subject(membership("member"), false, 2);
        assertRefused(ErrorCode.ROOM_ARCHIVED, () -> RoomRules.check(change, situation, other));
        assertThat(RoomRules.check(MembershipChange.LEFT, situation, new RoomRules.Subject(owner, true, 2)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC,  false, owner,   TOPIC,      yes",
        "PUBLIC,  false, admin,   NAME,       yes",
        "PUBLIC,  false, member,  TOPIC,      ROOM_FORBIDDEN",
        "PUBLIC,  false, -,       TOPIC,      ROOM_FORBIDDEN",
        "PRIVATE, false, -,       TOPIC,      ROOM_NOT_FOUND",
        "PRIVATE, false, invited, TOPIC,      ROOM_FORBIDDEN",
        "PUBLIC,  false, admin,   ARCHIVED,   ROOM_FORBIDDEN",
        "PUBLIC,  false, owner,   ARCHIVED,   yes",
        "PUBLIC,  true,  owner,   UNARCHIVED, yes",
        "PUBLIC,  true,  owner,   TOPIC,      ROOM_ARCHIVED",
        "DIRECT,  false, member,  TOPIC,      ROOM_DIRECT",
    })
    void shouldDecideEveryChangeOfASetting(
            Visibility visibility, boolean archived, String actor, RoomSetting setting, String expected) {
        var situation = new RoomRules.Situation(visibility, archived, membership(actor));
        if (expected.equals("yes")) {
            RoomRules.check(setting, situation);
        } else {
            assertRefused(ErrorCode.valueOf(expected), () -> RoomRules.check(setting, situation));
        }
    }

    @Test
    void shouldShowEventsToMembersAndThoseOfPublicRoomsToStrangers() {
        RoomRules.checkRead(new RoomRules.Situation(Visibility.PUBLIC, false, null));
        RoomRules.checkRead(new RoomRules.Situation(Visibility.PRIVATE, true, membership("muted")));
        assertRefused(
                ErrorCode.ROOM_FORBIDDEN,
                () -> RoomRules.checkRead(new RoomRules.Situation(Visibility.PRIVATE, false, membership("invited"))));
        assertRefused(
                ErrorCode.ROOM_NOT_FOUND,
                () -> RoomRules.checkRead(new RoomRules.Situation(Visibility.PRIVATE, false, membership("banned"))));
        assertRefused(
                ErrorCode.ROOM_BANNED,
                () -> RoomRules.checkRead(new RoomRules.Situation(Visibility.PUBLIC, false, membership("banned"))));
    }

    private static void assertRefused(ErrorCode code, Runnable asked) {
        assertThatThrownBy(asked::run)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static @Nullable Membership membership(String name) {
        return switch (name) {
            case "-" -> null;
            case "muted" -> new Membership(MembershipState.JOINED, Role.MEMBER, true);
            case "invited", "banned" -> new Membership(MembershipState.of(name), Role.MEMBER, false);
            default -> new Membership(MembershipState.JOINED, Role.valueOf(name.toUpperCase(Locale.ROOT)), false);
        };
    }
}

package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Role;
import chat.parlance.model.Visibility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MembershipRulesTest {

    @ParameterizedTest
    @CsvSource({
        "PUBLIC,  JOINED, ,       ,       true,  yes",
        "PRIVATE, JOINED, ,       ,       true,  ROOM_NOT_FOUND",
        "PUBLIC,  JOINED, ,       ,       false, ROOM_FORBIDDEN",
        "PRIVATE, JOINED, MEMBER, ,       false, ROOM_FORBIDDEN",
        "PRIVATE, JOINED, ADMIN,  ,       false, yes",
        "PRIVATE, JOINED, OWNER,  ,       false, yes",
        "PUBLIC,  JOINED, MEMBER, MEMBER, true,  no",
        "PUBLIC,  LEFT,   MEMBER, MEMBER, true,  yes",
        "PUBLIC,  LEFT,   MEMBER, MEMBER, false, ROOM_FORBIDDEN",
        "PUBLIC,  LEFT,   ADMIN,  MEMBER, false, yes",
        "PUBLIC,  LEFT,   ADMIN,  OWNER,  false, ROOM_FORBIDDEN",
        "PUBLIC,  LEFT,   OWNER,  ADMIN,  false, yes",
        "PRIVATE, LEFT,   ,       MEMBER, false, ROOM_NOT_FOUND",
        "PUBLIC,  LEFT,   OWNER,  ,       false, no",
    })
    void shouldDecideEveryCase(
            Visibility visibility,
            MembershipChange change,
            @Nullable Role actor,
            @Nullable Role user,
            boolean self,
            String expected) {
        var situation = new MembershipRules.Situation(visibility, actor, user, self, 2);
        switch (expected) {
            case "yes" -> assertThat(MembershipRules.check(change, situation)).isTrue();
            case "no" -> assertThat(MembershipRules.check(change, situation)).isFalse();
            default ->
                assertThatThrownBy(() -> MembershipRules.check(change, situation))
                        .isInstanceOfSatisfying(
                                ChatException.class,
                                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.valueOf(expected)));
        }
    }

    @Test
    void shouldNotLeaveARoomWithoutAnOwner() {
        var alone = new MembershipRules.Situation(Visibility.PUBLIC, Role.OWNER, Role.OWNER, true, 1);
        assertThatThrownBy(() -> MembershipRules.check(MembershipChange.LEFT, alone))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ROOM_LAST_OWNER));
    }
}

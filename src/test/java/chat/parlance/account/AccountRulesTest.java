package chat.parlance.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import chat.parlance.account.AccountRules.Situation;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ServerRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules for acts on accounts: the roles that allow them, and the last owner. */
final class AccountRulesTest {

    private static final AccountChange DISABLE = new AccountChange(null, true);

    /** Row: the actor, and if it may act on an owner, an administrator, a member and a guest. */
    @ParameterizedTest
    @CsvSource({
        "OWNER, true, true, true, true",
        "ADMINISTRATOR, false, false, true, true",
        "MEMBER, false, false, false, true",
        "GUEST, false, false, false, false"
    })
    void shouldLetOnlyHigherRolesActOnAnAccountAndGiveARole(
            ServerRole actor, boolean owner, boolean administrator, boolean member, boolean guest) {
        Map<ServerRole, Boolean> allowed = Map.of(
                ServerRole.OWNER, owner,
                ServerRole.ADMINISTRATOR, administrator,
                ServerRole.MEMBER, member,
                ServerRole.GUEST, guest);
        for (ServerRole other : ServerRole.values()) {
            Situation situation = new Situation(actor, other, false, false, 2);
            assertThat(isAllowed(() -> AccountRules.checkActOn(situation))).isEqualTo(allowed.get(other));
            assertThat(isAllowed(() -> AccountRules.checkGrant(actor, other))).isEqualTo(allowed.get(other));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerRole.class,
            names = {"ADMINISTRATOR", "MEMBER", "GUEST"})
    void shouldKeepTheLastOwner(ServerRole lower) {
        for (ServerRole actor : new ServerRole[] {ServerRole.OWNER, null}) {
            Situation last = new Situation(actor, ServerRole.OWNER, false, false, 1);
            assertThat(code(() -> AccountRules.check(new AccountChange(lower, null), last)))
                    .isEqualTo(ErrorCode.ACCOUNT_LAST_OWNER);
            assertThat(code(() -> AccountRules.check(DISABLE, last))).isEqualTo(ErrorCode.ACCOUNT_LAST_OWNER);
            Situation another = new Situation(actor, ServerRole.OWNER, false, false, 2);
            assertThatCode(() -> AccountRules.check(new AccountChange(lower, null), another))
                    .doesNotThrowAnyException();
            // A disabled owner is not counted, so that it cannot be the last one.
            Situation disabled = new Situation(actor, ServerRole.OWNER, true, false, 1);
            assertThatCode(() -> AccountRules.check(new AccountChange(lower, null), disabled))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldNotLetAnAdministratorMakeAnotherOneOrBeOne() {
        Situation onMember = new Situation(ServerRole.ADMINISTRATOR, ServerRole.MEMBER, false, false, 1);
        assertThat(code(() -> AccountRules.check(new AccountChange(ServerRole.ADMINISTRATOR, null), onMember)))
                .isEqualTo(ErrorCode.ACCOUNT_FORBIDDEN);
        assertThat(code(() -> AccountRules.check(new AccountChange(ServerRole.OWNER, null), onMember)))
                .isEqualTo(ErrorCode.ACCOUNT_FORBIDDEN);
        assertThatCode(() -> AccountRules.check(new AccountChange(ServerRole.GUEST, null), onMember))
                .doesNotThrowAnyException();
    }

    private static boolean isAllowed(Runnable check) {
        try {
            check.run();
            return true;
        } catch (ChatException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.ACCOUNT_FORBIDDEN);
            return false;
        }
    }

    @Test
    void shouldGiveABotNeitherTheServerNorAPassword() {
        Situation bot = new Situation(null, ServerRole.MEMBER, false, true, 1);
        assertThat(code(() -> AccountRules.check(new AccountChange(ServerRole.OWNER, null), bot)))
                .isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(code(() -> AccountRules.checkPassword(bot))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThatCode(() -> AccountRules.check(new AccountChange(ServerRole.ADMINISTRATOR, null), bot))
                .doesNotThrowAnyException();
    }

    private static ErrorCode code(Runnable check) {
        try {
            check.run();
            throw new AssertionError("not refused");
        } catch (ChatException refused) {
            return refused.code();
        }
    }
}

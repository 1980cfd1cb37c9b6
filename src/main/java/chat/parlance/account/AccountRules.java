package chat.parlance.account;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ServerRole;
import chat.parlance.room.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Rules for acts on accounts, applied to the accounts as the acting transaction sees them. An owner acts on everybody;
 * an administrator acts on accounts whose role is below, and grants roles below.
 */
public final class AccountRules {

    /**
     * The accounts that an act concerns.
     *
     * @param actor role of the acting account; null for the command line
     * @param subject role of the account that is acted on
     * @param disabled true when that account is disabled
     * @param bot true when that account is a bot
     * @param owners number of owners who are not disabled
     */
    public record Situation(
            @Nullable ServerRole actor, ServerRole subject, boolean disabled, boolean bot, long owners) {}

    private AccountRules() {}

    /**
     * Checks a permission on the server. Comes before everything else, so that nobody learns by it of an account.
     *
     * @param actor null for the command line
     * @throws ChatException with {@code account.forbidden}
     */
    public static void require(Permission permission, @Nullable ServerRole actor) {
        if (actor != null && !permission.isOf(actor)) {
            throw new ChatException(ErrorCode.ACCOUNT_FORBIDDEN);
        }
    }

    /** @throws ChatException when the actor may not act on the account */
    public static void checkActOn(Situation accounts) {
        if (!isAbove(accounts.actor(), accounts.subject())) {
            throw new ChatException(
                    ErrorCode.ACCOUNT_FORBIDDEN, "You can only do this to accounts whose role is below yours");
        }
    }

    /** @throws ChatException when the actor may not give the role, by a change or an invite */
    public static void checkGrant(@Nullable ServerRole actor, ServerRole role) {
        if (!isAbove(actor, role)) {
            throw new ChatException(ErrorCode.ACCOUNT_FORBIDDEN, "You can only give roles below yours");
        }
    }

    /** @throws ChatException with {@code bad_request} for an account without a password */
    public static void checkPassword(Situation accounts) {
        if (accounts.bot()) {
            throw ChatException.badRequest("A bot has no password");
        }
    }

    /** @throws ChatException when the change is refused */
    public static void check(AccountChange change, Situation accounts) {
        checkActOn(accounts);
        if (change.role() != null && change.role() != accounts.subject()) {
            checkGrant(accounts.actor(), change.role());
            if (accounts.bot() && change.role() == ServerRole.OWNER) {
                throw ChatException.badRequest("A bot cannot own the server");
            }
        }
        boolean ends =
                (change.role() != null && change.role() != ServerRole.OWNER) || Boolean.TRUE.equals(change.disabled());
        boolean isLastOwner = accounts.subject() == ServerRole.OWNER && !accounts.disabled() && accounts.owners() == 1;
        if (isLastOwner && ends) {
            throw new ChatException(ErrorCode.ACCOUNT_LAST_OWNER);
        }
    }

    private static boolean isAbove(@Nullable ServerRole actor, ServerRole other) {
        return actor == null || actor == ServerRole.OWNER || actor.isAbove(other);
    }
}

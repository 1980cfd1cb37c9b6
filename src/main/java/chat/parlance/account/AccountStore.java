package chat.parlance.account;

import chat.parlance.auth.NewAccount;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Accounts as administrators change them. Each act is one transaction, which checks {@link AccountRules} and adds the act
 * to the audit trail. An actor without the permission fails with {@code account.forbidden}, whether the account exists or
 * not; then a missing account fails with {@code user.not_found}.
 */
public interface AccountStore {

    /** Role of an account that is not disabled; empty when there is none. */
    Future<Optional<ServerRole>> role(UserId user);

    /** Accounts by id, after {@code after}. */
    Future<List<Account>> list(AccountFilter filter, String after, int limit);

    Future<Optional<Account>> find(UserId user);

    /**
     * Changes role and state. A disabled account loses its sessions and its pending password reset; an account with a
     * lower role or a disabled one loses its invites. Fails with {@code account.last_owner}.
     *
     * @return the account as it is now
     */
    Future<Account> change(Actor actor, UserId user, AccountChange change);

    /** Ends all sessions of an account. */
    Future<Void> endSessions(Actor actor, UserId user);

    /** Stores a link that replaces the account's password, instead of an earlier one. */
    Future<Void> makeReset(Actor actor, UserId user, LinkCode code, Duration life);

    /** Account of a valid link that replaces a password. */
    Future<Optional<Account>> ofReset(LinkCode code);

    /**
     * Uses a link: replaces the password and ends all sessions of the account.
     *
     * @param hash a PHC string
     * @return false when the link is not valid any more
     */
    Future<Boolean> reset(LinkCode code, String hash);

    /** Stores a code that makes the first owner; false when there is an owner, or a valid code already. */
    Future<Boolean> offerSetup(LinkCode code, Duration life);

    /** Finds the code that makes the first owner; empty when it is not valid. */
    Future<Optional<LinkCode>> setup(LinkCode code);

    /** Makes the first owner; false when the code is not valid any more. Fails with {@code user.exists}. */
    Future<Boolean> createFirstOwner(LinkCode code, NewAccount account);

    /** Makes an owner. Fails with {@code user.exists}. */
    Future<Void> createOwner(NewAccount account);
}

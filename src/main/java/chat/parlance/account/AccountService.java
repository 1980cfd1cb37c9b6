package chat.parlance.account;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.PageSize;
import chat.parlance.model.ServerRole;
import chat.parlance.model.TextRules;
import chat.parlance.model.UserId;
import chat.parlance.room.Permission;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Acts of administrators on accounts, and reads of them. May be called from any event loop. */
public final class AccountService {

    /** Time in which a link that replaces a password can be used. */
    public static final Duration RESET_LIFE = Duration.ofHours(1);

    /** Time in which the code that makes the first owner can be used. */
    public static final Duration SETUP_LIFE = Duration.ofHours(1);

    private static final int MAX_QUERY_LENGTH = 100;

    private final AccountStore accounts;
    private final AuditStore audit;

    public AccountService(AccountStore accounts, AuditStore audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    /** Fails with {@code account.forbidden} when the actor lacks the permission. */
    public Future<Void> require(Actor actor, Permission permission) {
        return role(actor).map(role -> {
            AccountRules.require(permission, role);
            return null;
        });
    }

    /** Role of the actor, null for the command line. */
    private Future<ServerRole> role(Actor actor) {
        UserId user = actor.user();
        return user == null
                ? Future.succeededFuture()
                : accounts.role(user)
                        .map(role -> role.orElseThrow(() -> new ChatException(ErrorCode.ACCOUNT_FORBIDDEN)));
    }

    /** The user's own account. */
    public Future<Account> own(UserId user) {
        return accounts.find(user).map(found -> found.orElseThrow(AccountService::notFound));
    }

    public Future<List<Account>> list(Actor actor, AccountFilter filter, String after, int limit) {
        PageSize.require(limit);
        if (filter.text().length() > MAX_QUERY_LENGTH) {
            throw ChatException.badRequest("The query has at most " + MAX_QUERY_LENGTH + " characters");
        }
        TextRules.requireStorable("query", filter.text());
        return require(actor, Permission.MANAGE_USERS).compose(allowed -> accounts.list(filter, after, limit));
    }

    public Future<Account> find(Actor actor, UserId user) {
        return require(actor, Permission.MANAGE_USERS)
                .compose(allowed -> accounts.find(user))
                .map(found -> found.orElseThrow(AccountService::notFound));
    }

    /** See {@link AccountStore#change}. */
    public Future<Account> change(Actor actor, UserId user, AccountChange change) {
        if (change.isEmpty()) {
            throw ChatException.badRequest("There is nothing to change");
        }
        return accounts.change(actor, user, change);
    }

    public Future<Void> endSessions(Actor actor, UserId user) {
        return accounts.endSessions(actor, user);
    }

    /** Makes a link that replaces the account's password, once, within {@link #RESET_LIFE}. */
    public Future<LinkCode> makeReset(Actor actor, UserId user) {
        LinkCode code = LinkCode.make(LinkCode.Kind.PASSWORD);
        return accounts.makeReset(actor, user, code, RESET_LIFE).map(code);
    }

    /**
     * Makes a code that makes the first owner; empty when there is an owner, or an earlier code can still be used. Of
     * nodes that start together one gets a code.
     */
    public Future<Optional<LinkCode>> offerSetup() {
        LinkCode code = LinkCode.make(LinkCode.Kind.OWNER);
        return accounts.offerSetup(code, SETUP_LIFE).map(offered -> offered ? Optional.of(code) : Optional.empty());
    }

    /** See {@link AuditStore#before}. */
    public Future<List<AuditEntry>> auditBefore(Actor actor, long id, @Nullable String action, int limit) {
        PageSize.require(limit);
        return require(actor, Permission.READ_AUDIT).compose(allowed -> audit.before(id, action, limit));
    }

    /** See {@link AuditStore#after}. */
    public Future<List<AuditEntry>> auditAfter(Actor actor, long id, int limit) {
        PageSize.require(limit);
        return require(actor, Permission.READ_AUDIT).compose(allowed -> audit.after(id, limit));
    }

    private static ChatException notFound() {
        return new ChatException(ErrorCode.USER_NOT_FOUND);
    }
}

package chat.parlance.account;

import chat.parlance.auth.AccessToken;
import chat.parlance.auth.NewPasswords;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Grant;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import chat.parlance.model.ServerRole;
import chat.parlance.model.SessionId;
import chat.parlance.model.TextRules;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes personal and bot tokens, and makes bots. May be called from any event loop. */
public final class IssuedTokens {

    public static final int MAX_TOKENS = 50;
    public static final int MAX_ROOMS = 20;
    public static final int MAX_NAME_LENGTH = 100;
    public static final Duration MAX_LIFE = Duration.ofDays(366);

    /** Request for a token. */
    public record Wanted(UserId user, String name, Set<Scope> scopes, List<RoomId> rooms, Duration life) {

        public Wanted {
            name = TextRules.displayName("name", name, MAX_NAME_LENGTH);
            scopes = Set.copyOf(scopes);
            rooms = List.copyOf(rooms);
            if (scopes.isEmpty()) {
                throw ChatException.badRequest("A token has at least one of the scopes read, post and admin");
            }
            if (rooms.size() > MAX_ROOMS) {
                throw ChatException.badRequest("A token names at most " + MAX_ROOMS + " rooms");
            }
            if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(MAX_LIFE) > 0) {
                throw ChatException.badRequest("A token lives 1 second to " + MAX_LIFE.toDays() + " days");
            }
        }
    }

    /** A new token with its secret, which is not stored. */
    public record Made(IssuedToken token, AccessToken secret) {}

    private final AccountStore accounts;
    private final TokenStore tokens;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public IssuedTokens(AccountStore accounts, TokenStore tokens, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Makes a token for the actor, or for a bot of the actor. Fails with {@code account.forbidden} for another account,
     * whether it exists or not, and with {@code bad_request} when the account has too many.
     */
    public Future<Made> make(Actor actor, Wanted wanted) {
        Instant now = clock.instant();
        IssuedToken token = new IssuedToken(
                new SessionId(UUID.randomUUID()),
                wanted.user(),
                wanted.name(),
                Grant.of(wanted.scopes(), Set.copyOf(wanted.rooms())),
                now,
                now.plus(wanted.life()),
                null);
        return accounts.find(wanted.user()).compose(found -> {
            boolean isBot = found.filter(account -> account.botOwner() != null).isPresent();
            AccessToken secret = AccessToken.make(isBot ? AccessToken.Kind.BOT : AccessToken.Kind.PAT, random);
            return tokens.make(actor, token, secret, MAX_TOKENS).map(new Made(token, secret));
        });
    }

    /** See {@link TokenStore#list}. */
    public Future<List<IssuedToken>> list(Actor actor, UserId user) {
        return tokens.list(actor, user, MAX_TOKENS);
    }

    /** Revokes a token. Fails with {@code not_found} when there is no such valid token that the actor can list. */
    public Future<Void> revoke(Actor actor, SessionId token) {
        return tokens.revoke(actor, token)
                .compose(revoked -> revoked
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ChatException(ErrorCode.NOT_FOUND)));
    }

    /**
     * Makes a bot and returns its account. Fails with {@code account.forbidden}, {@code user.exists}, or {@code
     * user.not_found} for an owner who cannot be one.
     *
     * @param owner null for the actor
     */
    public Future<Account> makeBot(Actor actor, UserId bot, String name, ServerRole role, @Nullable UserId owner) {
        UserId answers = owner == null ? actor.user() : owner;
        if (answers == null) {
            throw ChatException.badRequest("A bot needs an owner");
        }
        if (role == ServerRole.OWNER) {
            throw ChatException.badRequest("A bot is an administrator, a member or a guest");
        }
        return tokens.makeBot(actor, bot, NewPasswords.name(name), role, answers)
                .compose(made -> accounts.find(bot))
                .map(found -> found.orElseThrow(() -> new ChatException(ErrorCode.USER_NOT_FOUND)));
    }
}

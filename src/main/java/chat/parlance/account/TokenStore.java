package chat.parlance.account;

import chat.parlance.auth.AccessToken;
import chat.parlance.model.ServerRole;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.List;

/** Tokens and bots. Acts are transactions with their entries in the audit trail, as in {@link AccountStore}. */
public interface TokenStore {

    /**
     * Stores a token of the actor or of a bot of the actor. Fails with {@code account.forbidden} for any other account,
     * and with {@code bad_request} when the account has {@code maxTokens} already.
     */
    Future<Void> make(Actor actor, IssuedToken token, AccessToken secret, int maxTokens);

    /**
     * Valid tokens of an account, the newest first. Fails with {@code account.forbidden} unless the account is the actor, a
     * bot of the actor, or one that the actor administrates.
     */
    Future<List<IssuedToken>> list(Actor actor, UserId user, int limit);

    /**
     * Revokes a token; false when there is no valid one, or the actor may not list it.
     */
    Future<Boolean> revoke(Actor actor, SessionId token);

    /**
     * Makes a bot. Fails with {@code account.forbidden}, {@code user.exists}, or {@code user.not_found} when the owner is
     * no enabled account of a person.
     */
    Future<Void> makeBot(Actor actor, UserId bot, String name, ServerRole role, UserId owner);
}

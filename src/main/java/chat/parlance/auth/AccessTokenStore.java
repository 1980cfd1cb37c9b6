package chat.parlance.auth;

import chat.parlance.model.Principal;
import io.vertx.core.Future;
import java.util.Optional;

/** Personal and bot tokens as a request presents them. */
public interface AccessTokenStore {

    /**
     * A valid token.
     *
     * @param principal user and session of the token
     * @param mustRecord true when the last recorded use is old, or there is none
     */
    record Found(Principal principal, boolean mustRecord) {}

    /** Finds a token that is neither revoked nor expired, and whose account and owner are not disabled. */
    Future<Optional<Found>> find(AccessToken token);

    /** Records the time of a use. The first one has an entry in the audit trail. */
    Future<Void> recordUse(Principal principal);
}

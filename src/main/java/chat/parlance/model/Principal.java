package chat.parlance.model;

import java.time.Instant;

/**
 * User and session of a request.
 *
 * @param user the user
 * @param session session of the request's token
 * @param expiresAt expiry of the token; a socket that has not renewed it by then is closed
 * @param grant limit of the token within the rights of the user
 */
public record Principal(UserId user, SessionId session, Instant expiresAt, Grant grant) {

    /** Principal of a log-in. */
    public Principal(UserId user, SessionId session, Instant expiresAt) {
        this(user, session, expiresAt, Grant.WHOLE);
    }
}

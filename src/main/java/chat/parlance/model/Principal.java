package chat.parlance.model;

import java.time.Instant;

/**
 * Who a request comes from.
 *
 * @param user the user
 * @param session the log-in that the request's token belongs to
 * @param expiresAt when the proof ends; a socket that has not renewed it by then is closed
 */
public record Principal(UserId user, SessionId session, Instant expiresAt) {}

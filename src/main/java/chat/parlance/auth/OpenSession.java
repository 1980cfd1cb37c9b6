package chat.parlance.auth;

import chat.parlance.model.SessionId;
import java.time.Instant;

/**
 * An open session, as its user sees it.
 *
 * @param usedAt time of its last new tokens
 * @param agent the client's name for itself, empty when it gave none
 */
public record OpenSession(SessionId id, Instant createdAt, Instant usedAt, String agent) {}

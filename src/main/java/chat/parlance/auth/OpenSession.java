package chat.parlance.auth;

import chat.parlance.model.SessionId;
import java.time.Instant;

/**
 * A log-in that still stands, as its user sees it.
 *
 * @param usedAt when it last got new tokens
 * @param agent what the program that logged in calls itself, empty when it said nothing
 */
public record OpenSession(SessionId id, Instant createdAt, Instant usedAt, String agent) {}

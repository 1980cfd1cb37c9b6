package chat.parlance.model;

import java.time.Instant;

/**
 * A saved message of a user.
 *
 * @param message in its present state; it may be deleted
 */
public record SavedMessage(Event message, Instant savedAt) {}

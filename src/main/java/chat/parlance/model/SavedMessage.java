package chat.parlance.model;

import java.time.Instant;

/**
 * A message of the list that a user keeps for itself.
 *
 * @param message in its present state; it may be deleted
 */
public record SavedMessage(Event message, Instant savedAt) {}

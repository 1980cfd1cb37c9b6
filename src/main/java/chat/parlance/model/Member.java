package chat.parlance.model;

/**
 * A user's place in a room.
 *
 * @param name display name
 * @param ambiguous true when another user's name or id looks the same, so that the id must be shown beside the name
 */
public record Member(UserId user, String name, boolean ambiguous, Membership membership) {}

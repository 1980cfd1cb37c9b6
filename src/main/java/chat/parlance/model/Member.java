package chat.parlance.model;

/**
 * A user's place in a room.
 *
 * @param name the one to show to people
 * @param ambiguous whether another user's name or id looks the same, so that the id belongs beside the name
 */
public record Member(UserId user, String name, boolean ambiguous, Standing standing) {}

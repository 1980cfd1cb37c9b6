package chat.parlance.model;

/**
 * Somebody with an account.
 *
 * @param name the one to show to people
 * @param ambiguous whether another user's name or id looks the same, so that the id belongs beside the name
 */
public record User(UserId id, String name, boolean ambiguous) {}

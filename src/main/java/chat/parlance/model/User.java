package chat.parlance.model;

/**
 * A user with an account.
 *
 * @param name display name
 * @param ambiguous true when another user's name or id looks the same, so that the id must be shown beside the name
 * @param bot true when a program uses the account
 */
public record User(UserId id, String name, boolean ambiguous, boolean bot) {}

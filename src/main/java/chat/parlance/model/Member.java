package chat.parlance.model;

/**
 * A user's membership of a room with the user's name.
 *
 * @param user with the display name, as the directory has it
 */
public record Member(User user, Membership membership) {}

package chat.parlance.model;

/** A user's place in a room. {@code name} is the one to show to people. */
public record Member(UserId user, String name, Standing standing) {}

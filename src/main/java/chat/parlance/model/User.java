package chat.parlance.model;

/** Somebody with an account. {@code name} is the one to show to people. */
public record User(UserId id, String name) {}

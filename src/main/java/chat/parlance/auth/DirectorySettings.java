package chat.parlance.auth;

/** Section {@code directory}. */
public record DirectorySettings(boolean open) {}

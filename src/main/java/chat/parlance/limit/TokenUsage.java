package chat.parlance.limit;

import chat.parlance.model.UserId;

/** Tokens that a user has used on one node. */
public record TokenUsage(UserId user, long tokens) {}

package chat.parlance.limit;

import chat.parlance.model.UserId;

/** What a user has spent on one node. */
public record Spending(UserId user, long tokens) {}

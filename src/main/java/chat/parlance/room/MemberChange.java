package chat.parlance.room;

import chat.parlance.model.MembershipChange;
import chat.parlance.model.UserId;

/** A requested change of one user's membership. */
public record MemberChange(UserId user, MembershipChange change) {}

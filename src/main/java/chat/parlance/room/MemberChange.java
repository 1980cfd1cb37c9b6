package chat.parlance.room;

import chat.parlance.model.MembershipChange;
import chat.parlance.model.UserId;

/** A change of one user's membership that somebody asks for. */
public record MemberChange(UserId user, MembershipChange change) {}

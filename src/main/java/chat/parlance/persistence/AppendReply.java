package chat.parlance.persistence;

import java.util.List;

/** Reply to an {@link AppendRequest}: an outcome for each event, in the same order. */
record AppendReply(List<AppendOutcome> outcomes) {}

package chat.parlance.persistence;

import java.util.List;

/** An outcome for each event of an {@link AppendRequest}, in its order. */
record AppendReply(List<AppendOutcome> outcomes) {}

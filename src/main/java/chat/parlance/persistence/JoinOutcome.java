package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.model.Event;
import java.util.List;

/** Outcome of one join of a batch. */
sealed interface JoinOutcome {

    /**
     * Joined.
     *
     * @param events the event of the join; empty when the user is a member already, or nothing lets the user in
     */
    record Done(List<Event> events) implements JoinOutcome {}

    /** Refused by a rule. */
    record Refused(ChatException reason) implements JoinOutcome {}

    /** Not stored: another transaction holds the row of the room or of the user. */
    record Locked() implements JoinOutcome {}
}

package chat.parlance.persistence;

/** Outcome of one event of a statement that appends: final, or not stored because its room is locked. */
sealed interface WriteOutcome permits AppendOutcome, WriteOutcome.Locked {

    /** Not stored: another transaction holds the row of its room, or another lock that the statement needs. */
    record Locked() implements WriteOutcome {}
}

package chat.parlance.persistence;

/** Reason for the refusal of a message before it was sent to Postgres; its sender gets {@code server.overloaded}. */
public enum AppendRejection {
    /** Too many messages of the room are unanswered. */
    ROOM_FULL,
    /** Too many messages are unanswered. */
    FULL,
    /** The message waited too long for its batch. */
    LATE,
    /** Another transaction held the room's row for too long. */
    LOCKED
}

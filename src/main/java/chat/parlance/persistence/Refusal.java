package chat.parlance.persistence;

/** Why a message was refused before it was handed to Postgres; its sender is told {@code server.overloaded}. */
public enum Refusal {
    /** Too many messages of its room are not answered yet. */
    ROOM_FULL,
    /** Too many messages are not answered yet. */
    FULL,
    /** It waited too long for its batch. */
    LATE,
    /** Another transaction held its room's row for too long. */
    LOCKED
}

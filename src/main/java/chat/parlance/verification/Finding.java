package chat.parlance.verification;

/**
 * Something that must not be.
 *
 * @param room empty when it is of no one room
 * @param seq where it is, 0 when it is at no one event
 */
public record Finding(Kind kind, String room, long seq, String text) {

    /** What can be wrong. */
    public enum Kind {
        /** Seqs are missing. */
        HOLE,
        /** A seq stands twice, or is below 1. */
        DUPLICATE_SEQ,
        /** The room's counter is not the seq of its last event. */
        COUNTER,
        /** A sender's client id was stored twice. */
        DUPLICATE_ID,
        /** An event of a room that does not exist. */
        ORPHAN,
        /** An event without what its kind needs. */
        MALFORMED,
        /** The members are not those that the room's events say. */
        MEMBERSHIP
    }
}

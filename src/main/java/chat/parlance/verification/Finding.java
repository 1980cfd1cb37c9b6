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
        /** Postgres is set so that it may lose what it has committed. */
        DURABILITY,
        /** Seqs are missing. */
        HOLE,
        /** A seq stands twice, or is below 1. */
        DUPLICATE_SEQ,
        /** The room's counter is not the seq of its last event. */
        COUNTER,
        /** An event's stamp is none, or the next event or the room's counter does not name it. */
        CHAIN,
        /** A sender's client id was stored twice. */
        DUPLICATE_ID,
        /** Events or members of a room that does not exist. */
        ORPHAN,
        /** An event without what its kind needs. */
        MALFORMED,
        /** An event about no message of its room, or a reply outside of the thread of what it answers. */
        TARGET,
        /** How a user stands in a room, by membership, role, mute and invitation, is not what the room's events say. */
        MEMBERSHIP,
        /** A room's name, topic, description or archive is not what its events say. */
        SETTING,
        /** A member has read what is not there. */
        READ_MARKER,
        /** A message's edit, pin or replies are not what the events say. */
        STATE,
        /** A message's reactions are not what the events say. */
        REACTION,
        /** The mentions of users are not what the texts say. */
        MENTION,
        /** A thread that a user follows is none, or one that a user has to follow is missing. */
        FOLLOWED,
        /** The search index has what is no message, or lacks one that it has passed. */
        SEARCH,
        /** The primary key of the events does not lead to all of them. */
        INDEX
    }
}

package chat.parlance.verification;

/**
 * A violation in the stored data.
 *
 * @param room empty for a violation outside a single room
 * @param seq of the event, 0 for a violation outside a single event
 */
public record Finding(Kind kind, String room, long seq, String text) {

    /** Kinds of violations. */
    public enum Kind {
        /** Postgres is configured so that it may lose commits. */
        DURABILITY,
        /** Seqs are missing. */
        HOLE,
        /** A seq occurs twice, or is below 1. */
        DUPLICATE_SEQ,
        /** The room's counter differs from the seq of its last event. */
        COUNTER,
        /** An event's stamp is missing, or the next event or the room's counter does not name it. */
        CHAIN,
        /** A sender's client id was stored twice. */
        DUPLICATE_ID,
        /** Events or members of a room that does not exist. */
        ORPHAN,
        /** An event lacks a value that its kind needs. */
        MALFORMED,
        /** An event's target is not a message of its room, or a reply is outside the thread of its target. */
        TARGET,
        /** A user's membership, role, mute or invitation differs from the room's events. */
        MEMBERSHIP,
        /** A room's name, topic, description or archive differs from its events. */
        SETTING,
        /** A read marker is beyond the room's last event. */
        READ_MARKER,
        /** A message's edit, pin, end of a poll or replies differ from the events. */
        STATE,
        /** A message's reactions differ from the events. */
        REACTION,
        /** The votes of a poll differ from the events. */
        VOTE,
        /** The mentions of users differ from the texts. */
        MENTION,
        /** A user follows a thread that does not exist, or a required row of a follower is missing. */
        FOLLOWED,
        /** The search index has an entry without a message, or lacks a message that it has passed. */
        SEARCH,
        /** A link or session without an account, a link that is no digest, or a server that has lost its last owner. */
        ACCOUNT,
        /** The primary key of the events does not lead to all of them. */
        INDEX
    }
}

package chat.parlance.verification;

/**
 * A violation in the stored data.
 *
 * @param room empty for a violation outside a single room
 * @param seq of the event, 0 for a violation outside a single event
 */
public record Finding(Kind kind, String room, long seq, String text) {

    private static final String RESTORE =
            "acknowledged messages are lost or changed: find out by what (disk, failover, a change by "
                    + "hand), and restore the newest sound backup";
    private static final String FORGED =
            "somebody has changed the database by hand: find out who, and restore a sound backup, or "
                    + "set the row as the events have it";
    private static final String DERIVED =
            "no message is lost: restore a sound backup, or set the row as the finding says; report "
                    + "it if nobody has changed the database by hand";

    /** Kinds of violations; docs/OPERATIONS.md has them as one table. */
    public enum Kind {
        SCHEMA(
                "A table, an index, a function or a trigger of the migrations is missing, disabled or changed",
                "stop the nodes, and restore a backup to an empty database: `./parlance restore` makes "
                        + "every object anew"),
        DURABILITY(
                "Postgres is configured so that it may lose commits",
                "change the settings that the finding names, see [CONTRACT.md](CONTRACT.md)"),
        HOLE("Seqs are missing", RESTORE),
        DUPLICATE_SEQ("A seq occurs twice, or is below 1", RESTORE),
        COUNTER("A room's counter differs from the seq of its last event", RESTORE),
        CHAIN("An event's stamp is missing, or the next event or the room's counter does not name it", RESTORE),
        DUPLICATE_ID("A sender's client id was stored twice", RESTORE),
        ORPHAN("Events or members of a room that does not exist", RESTORE),
        MALFORMED("An event lacks a value that its kind needs", RESTORE),
        SENDER("The sender of an event was no member of the room then", FORGED),
        TARGET(
                "An event's target is not a message of its room, or a reply is outside the thread of its target",
                RESTORE),
        MEMBERSHIP("A user's membership, role, mute or invitation differs from the room's events", FORGED),
        SETTING("A room's name, topic, description or archive differs from its events", FORGED),
        VISIBILITY("A room is public, private or direct, and was made in another way", FORGED),
        READ_MARKER("A read marker is beyond the room's last event", DERIVED),
        STATE("A message's edit, pin, end of a poll or replies differ from the events", DERIVED),
        REACTION("A message's reactions differ from the events", DERIVED),
        VOTE("The votes of a poll differ from the events", DERIVED),
        MENTION("The mentions of users differ from the texts", DERIVED),
        FOLLOWED("A user follows a thread that does not exist, or a required row of a follower is missing", DERIVED),
        SEARCH(
                "The search index has an entry without a message, or lacks a message that it has passed",
                "stop the nodes, run `truncate search_entry, search_progress`, and start them: the index "
                        + "is built anew"),
        ACCOUNT(
                "A link or session without an account, a link that is no digest, or a server that has lost its last"
                        + " owner",
                "end the sessions and revoke the invites that the findings name by `./parlance admin`; "
                        + "make a new owner by `./parlance admin create-owner`"),
        INDEX("The primary key of the events does not lead to all of them", "`reindex table event`, then verify again");

        private final String meaning;
        private final String remedy;

        Kind(String meaning, String remedy) {
            this.meaning = meaning;
            this.remedy = remedy;
        }

        /** Meaning as a sentence without its full stop. */
        String meaning() {
            return meaning;
        }

        /** The first thing to do. */
        String remedy() {
            return remedy;
        }
    }
}

package chat.parlance.persistence;

import chat.parlance.model.EventField;

/** Columns of the table {@code event} with the fields of bodies. Kinds share them: each has few fields of its own. */
final class EventColumn {

    /** JSON with the fields that no statement joins by, under their wire names. */
    static final String BODY = "body";

    private EventColumn() {}

    static String of(EventField field) {
        return switch (field) {
            case TEXT, EMOJI, MEMBERSHIP_CHANGE, VALUE -> "text";
            case USER, SETTING -> "subject";
            case TARGET, REPLY_TO -> "target";
            case THREAD -> "thread";
            case ALSO_TO_ROOM -> "to_room";
            case MENTIONS -> "mentions";
            case REMOVED -> "removed";
            case OPTIONS, MULTIPLE -> BODY;
        };
    }
}

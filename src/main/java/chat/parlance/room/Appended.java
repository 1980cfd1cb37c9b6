package chat.parlance.room;

import chat.parlance.model.Cursor;

/**
 * Acknowledgement that the event is stored durably.
 *
 * @param cursor the event's place in its room
 * @param duplicate true when an earlier send with the same id had stored it already
 */
public record Appended(Cursor cursor, boolean duplicate) {

    public long seq() {
        return cursor.seq();
    }
}

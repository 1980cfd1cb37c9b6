package chat.parlance.model;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;

/**
 * The name of a room: 1 to 64 characters of {@code a-z 0-9 - _}, the first a letter or digit. Upper case and look-alikes
 * are refused, so two ids that read the same are the same.
 */
public record RoomId(String value) implements Comparable<RoomId> {

    public static final int MAX_LENGTH = 64;

    public RoomId {
        if (!Identifiers.isIdentifier(value, 1, MAX_LENGTH, "-_")) {
            throw ChatException.badRequest(
                    "A room id has 1 to 64 characters of a-z, 0-9, - and _, and starts with a letter or digit");
        }
    }

    /** For a lookup: an id that no room can have is answered as a room that does not exist. */
    public static RoomId lookup(String value) {
        if (!Identifiers.isIdentifier(value, 1, MAX_LENGTH, "-_")) {
            throw new ChatException(ErrorCode.ROOM_NOT_FOUND);
        }
        return new RoomId(value);
    }

    @Override
    public int compareTo(RoomId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package chat.parlance.model;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Id of a room: 1 to 64 characters of {@code a-z 0-9 - _}, the first a letter or digit. Upper case and look-alikes are
 * refused, so two ids that read the same are the same.
 */
public record RoomId(String value) implements Comparable<RoomId> {

    public static final int MAX_LENGTH = 64;

    /** Prefix of the ids of direct rooms, and of no others. */
    public static final String DIRECT_PREFIX = "dm-";

    private static final int DIRECT_DIGEST_BYTES = 16;

    public RoomId {
        if (!Identifiers.isIdentifier(value, 1, MAX_LENGTH, "-_")) {
            throw ChatException.badRequest(
                    "A room id has 1 to 64 characters of a-z, 0-9, - and _, and starts with a letter or digit");
        }
    }

    /** Id for a lookup: an impossible id is answered as a room that does not exist. */
    public static RoomId lookup(String value) {
        if (!Identifiers.isIdentifier(value, 1, MAX_LENGTH, "-_")) {
            throw new ChatException(ErrorCode.ROOM_NOT_FOUND);
        }
        return new RoomId(value);
    }

    /** Id for a new room; the ids of direct rooms cannot be chosen. */
    public static RoomId chosen(String value) {
        RoomId id = new RoomId(value);
        if (id.isDirect()) {
            throw ChatException.badRequest("A room id does not begin with " + DIRECT_PREFIX);
        }
        return id;
    }

    /** True for a direct room. */
    public boolean isDirect() {
        return value.startsWith(DIRECT_PREFIX);
    }

    /** The one direct room of two users, whichever of them is first. */
    public static RoomId direct(UserId one, UserId other) {
        String pair = Stream.of(one.value(), other.value()).sorted().collect(Collectors.joining(" "));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pair.getBytes(StandardCharsets.US_ASCII));
            return new RoomId(DIRECT_PREFIX + HexFormat.of().formatHex(digest, 0, DIRECT_DIGEST_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
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

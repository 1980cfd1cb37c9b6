package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Place of a message in a user's list of saved ones. */
public record SavedPlace(Instant savedAt, RoomId room, long seq) {

    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})\\.([a-z0-9_-]{1,64})");

    /** Text with which a client requests the next page. */
    public String token() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, savedAt) + "." + seq + "." + room;
    }

    /** @throws ChatException with {@code bad_request} */
    public static SavedPlace parse(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            throw ChatException.badRequest("The parameter page must be the value of next from an earlier page");
        }
        return new SavedPlace(
                Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
                RoomId.lookup(parts.group(3)),
                Long.parseLong(parts.group(2)));
    }
}

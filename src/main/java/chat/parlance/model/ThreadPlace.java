package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Place of a thread in a user's list.
 *
 * @param unread true when it had unread replies
 * @param lastAt time of its last message
 */
public record ThreadPlace(boolean unread, Instant lastAt, RoomId room, long thread) {

    private static final Pattern TOKEN = Pattern.compile("([ur])\\.([0-9]{1,18})\\.([0-9]{1,18})\\.([a-z0-9_-]{1,64})");

    /** Text with which a client requests the next page. */
    public String token() {
        return (unread ? "u" : "r") + "." + ChronoUnit.MICROS.between(Instant.EPOCH, lastAt) + "." + thread + "."
                + room;
    }

    /** @throws ChatException with {@code bad_request} */
    public static ThreadPlace parse(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            throw ChatException.badRequest("The parameter page must be the value of next from an earlier page");
        }
        return new ThreadPlace(
                parts.group(1).equals("u"),
                Instant.EPOCH.plus(Long.parseLong(parts.group(2)), ChronoUnit.MICROS),
                RoomId.lookup(parts.group(4)),
                Long.parseLong(parts.group(3)));
    }
}

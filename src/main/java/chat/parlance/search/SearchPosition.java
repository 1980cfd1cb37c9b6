package chat.parlance.search;

import chat.parlance.error.ChatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * The place of an entry in the order of hits, newest first. Entries never move, so a page from this position on repeats
 * and skips nothing, whatever has arrived since.
 *
 * @param at time of the message
 * @param room the index's number of the room
 * @param seq the message
 */
public record SearchPosition(Instant at, int room, long seq) {

    private static final int BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    /** The first microsecond of the year 10000. */
    private static final long MAX_MICROS = 253_402_300_800_000_000L;

    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Opaque text that a client returns for the next page. */
    public String token() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / 1000)
                .putInt(room)
                .putLong(seq);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws ChatException {@code bad_request} for what is no token */
    static SearchPosition of(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException none) {
            throw refused();
        }
        if (bytes.length != BYTES) {
            throw refused();
        }
        ByteBuffer read = ByteBuffer.wrap(bytes);
        long micros = read.getLong();
        int room = read.getInt();
        long seq = read.getLong();
        if (micros < 0 || micros > MAX_MICROS || room < 0 || seq < 0) {
            throw refused();
        }
        return new SearchPosition(
                Instant.ofEpochSecond(micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND * 1000), room, seq);
    }

    private static ChatException refused() {
        return ChatException.badRequest("The parameter page must be the value of next from an earlier answer");
    }
}

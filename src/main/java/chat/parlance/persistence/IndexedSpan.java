package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import chat.parlance.search.Trait;
import chat.parlance.text.Links;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Span of one room's events that a turn of the indexer processes. */
final class IndexedSpan {

    private final RoomId room;
    private final int number;
    private long indexed;
    private long until;
    private long head;
    private boolean moved;
    private @Nullable OffsetDateTime lastAt;
    private final Map<Long, SearchEntry> entries = new LinkedHashMap<>();

    /** @param indexed the last indexed event */
    IndexedSpan(RoomId room, int number, long indexed) {
        this.room = room;
        this.number = number;
        this.indexed = indexed;
        this.until = indexed;
        this.head = indexed;
    }

    void headIs(long seq) {
        head = seq;
    }

    /** @return number of the room's events to read, at most {@code most} */
    int choose(int most) {
        int chosen = (int) Math.max(0, Math.min(most, head - indexed));
        until = indexed + chosen;
        return chosen;
    }

    /** Indexes the next event. */
    void take(Row row) {
        indexed = row.getLong("seq");
        moved = true;
        Long message = row.getLong("message");
        if (message != null) {
            OffsetDateTime at = row.getOffsetDateTime("at");
            lastAt = lastAt == null || at.isAfter(lastAt) ? at : lastAt;
            String text = row.getString("text");
            entries.put(message, SearchEntry.of(number, at, message, row.getString("sender"), text, traits(text, row)));
        }
    }

    private static Set<Trait> traits(@Nullable String text, Row row) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (text != null && Links.in(text)) {
            traits.add(Trait.LINK);
        }
        if (row.getBoolean("pinned")) {
            traits.add(Trait.PINNED);
        }
        return traits;
    }

    RoomId room() {
        return room;
    }

    long indexed() {
        return indexed;
    }

    long until() {
        return until;
    }

    boolean hasMoved() {
        return moved;
    }

    boolean isFinished() {
        return indexed >= head;
    }

    /** Time of the newest indexed message, null when there was none. */
    @Nullable
    OffsetDateTime lastAt() {
        return lastAt;
    }

    Collection<SearchEntry> entries() {
        return entries.values();
    }
}

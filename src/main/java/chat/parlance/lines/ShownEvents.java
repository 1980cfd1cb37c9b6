package chat.parlance.lines;

import chat.parlance.model.Event;
import chat.parlance.model.Stamp;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stamps of the events that a person in line mode was shown last. A typed number means the line on the screen that
 * begins with it, so the stamp of that line is sent along: after a restored backup, the number may belong to another
 * message. Numbers of older lines carry no stamp.
 */
final class ShownEvents {

    /** Limit of remembered stamps: several screens; 4 KiB a connection. */
    static final int CAPACITY = 256;

    private final long[] seqs = new long[CAPACITY];
    private final long[] stamps = new long[CAPACITY];
    private int next;

    void add(Event event) {
        seqs[next] = event.seq();
        stamps[next] = event.stamp().value();
        next = (next + 1) % CAPACITY;
    }

    /** Stamp that was shown last with {@code seq}, null when none is known. */
    @Nullable
    Stamp stampOf(long seq) {
        for (int back = 1; back <= CAPACITY; back++) {
            int place = Math.floorMod(next - back, CAPACITY);
            if (seqs[place] == seq && stamps[place] != 0) {
                return new Stamp(stamps[place]);
            }
        }
        return null;
    }

    void clear() {
        next = 0;
        Arrays.fill(stamps, 0);
    }
}

package chat.parlance.websocket;

import chat.parlance.connection.ConnectionMeters;
import chat.parlance.connection.OutboundTotals;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Readers of one event loop that have not received all that was sent to them, for the metrics. Readers that keep up are
 * not among them, so a measurement costs nothing for idle connections. Belongs to this event loop.
 */
final class SlowReaders {

    /** Reader of one connection. */
    interface Reader {

        /** Bytes that the reader has not received yet; 0 once it is gone. */
        long queuedBytes();
    }

    private final ConnectionMeters meters;
    private final int limitBytes;
    private final Set<Reader> behind = new HashSet<>();
    private OutboundTotals measured = OutboundTotals.NONE;

    /** @param limitBytes limit of the bytes queued for a reader */
    SlowReaders(ConnectionMeters meters, int limitBytes) {
        this.meters = meters;
        this.limitBytes = limitBytes;
    }

    /** Adds a reader if it has not received all that was written and flushed. */
    void sent(Reader reader) {
        if (reader.queuedBytes() > 0) {
            behind.add(reader);
        }
    }

    /** Counts the queued bytes, and forgets the readers that have received everything. Called once a second. */
    void measure() {
        OutboundTotals now = OutboundTotals.NONE;
        for (Iterator<Reader> all = behind.iterator(); all.hasNext(); ) {
            long queued = all.next().queuedBytes();
            if (queued == 0) {
                all.remove();
            } else {
                now = now.plus(queued, limitBytes);
            }
        }
        if (!now.equals(measured)) {
            meters.queued(measured, now);
            measured = now;
        }
    }
}

package chat.parlance.websocket;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes each channel that was written to once, at the end of the event loop's turn: a flush is a system call and by
 * far the most expensive part of a delivery. Tells {@link SlowReaders} which channels have something left then.
 */
final class Flusher {

    private final Context context;
    private final SlowReaders readers;
    private List<FrameChannel> written = new ArrayList<>();

    Flusher(Context context, SlowReaders readers) {
        this.context = context;
        this.readers = readers;
    }

    /** Adds a channel. Called once a channel and turn. */
    void add(FrameChannel channel) {
        written.add(channel);
        if (written.size() == 1) {
            context.runOnContext(end -> flush());
        }
    }

    /** Called after a flush of the channel. */
    void sent(FrameChannel channel) {
        readers.sent(channel);
    }

    private void flush() {
        List<FrameChannel> channels = written;
        written = new ArrayList<>();
        for (FrameChannel channel : channels) {
            channel.flush();
            sent(channel);
        }
    }
}

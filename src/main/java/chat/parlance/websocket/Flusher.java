package chat.parlance.websocket;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes each channel that was written to once, at the end of the event loop's turn: a flush is a system call and by
 * far the most expensive part of a delivery.
 */
final class Flusher {

    private final Context context;
    private List<FrameChannel> written = new ArrayList<>();

    Flusher(Context context) {
        this.context = context;
    }

    /** Adds a channel. Called once a channel and turn. */
    void add(FrameChannel channel) {
        written.add(channel);
        if (written.size() == 1) {
            context.runOnContext(end -> flush());
        }
    }

    private void flush() {
        List<FrameChannel> channels = written;
        written = new ArrayList<>();
        channels.forEach(FrameChannel::flush);
    }
}

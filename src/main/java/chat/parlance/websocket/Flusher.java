package chat.parlance.websocket;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes each channel once at the end of the turn of the event loop in which it was written to, for a flush is a system
 * call and by far the dearest part of a delivery.
 */
final class Flusher {

    private final Context context;
    private List<FrameChannel> written = new ArrayList<>();

    Flusher(Context context) {
        this.context = context;
    }

    /** Called once a channel and turn. */
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

package chat.parlance.websocket;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queue of what one client asks for. A message is taken in when the one before it is done with, which some are before they
 * are answered; meanwhile one more is read and waits. Reading until then shows when the client closes the connection, and
 * a queued password hash is then dropped. Belongs to one event loop.
 */
final class Requests {

    private final EventLoop loop;
    private final FrameChannel channel;
    private final Function<String, Future<?>> taker;
    private final ArrayDeque<String> unread = new ArrayDeque<>();
    private boolean busy;
    private int underWay;
    private @Nullable Runnable whenAnswered;

    /** @param taker takes a message in; its future completes when the next one may come */
    Requests(EventLoop loop, FrameChannel channel, Function<String, Future<?>> taker) {
        this.loop = loop;
        this.channel = channel;
        this.taker = taker;
    }

    /** A message has come. */
    void received(String message) {
        if (isEnding()) {
            return;
        }
        if (busy) {
            unread.add(message);
            channel.pauseReading(true);
        } else {
            take(message);
        }
    }

    /** Counts some work as under way until it is done. */
    <T> Future<T> underWay(Future<T> work) {
        underWay++;
        return work.onComplete(done -> {
            underWay--;
            if (isEnding()) {
                // After the answer, which the same completion brings.
                loop.scheduler().execute(this::endWhenAnswered);
            }
        });
    }

    /** Whether as many are under way as may be. */
    boolean isFull() {
        return underWay >= loop.limits().maxPendingRequests();
    }

    /** Takes nothing more from the client, and does {@code action} once all that is under way is answered. */
    void end(Runnable action) {
        whenAnswered = action;
        unread.clear();
        channel.pauseReading(true);
        endWhenAnswered();
    }

    boolean isEnding() {
        return whenAnswered != null;
    }

    /** Forgets what was not taken in. */
    void clear() {
        unread.clear();
    }

    private void endWhenAnswered() {
        if (whenAnswered != null && underWay == 0 && !busy) {
            whenAnswered.run();
        }
    }

    private void take(String message) {
        Future<?> done = taker.apply(message);
        if (!done.isComplete()) {
            busy = true;
            if (isFull()) {
                loop.meters().paused();
            }
            done.onComplete(answered -> takeNext());
        }
    }

    private void takeNext() {
        busy = false;
        endWhenAnswered();
        while (!busy && !unread.isEmpty()) {
            if (channel.isOpen()) {
                take(unread.remove());
            } else {
                // An earlier message has ended the connection; later ones are not taken.
                unread.clear();
            }
        }
        if (unread.isEmpty() && !isEnding()) {
            channel.pauseReading(false);
        }
    }
}

package chat.parlance.connection;

import chat.parlance.room.Scheduler;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queue of one client's messages. A message is processed when the one before is done, which may be before that one is
 * answered; meanwhile one more is read and waits. Reading ahead detects that the client closes the connection, and a
 * queued password hash is then dropped. Belongs to one event loop.
 */
final class RequestQueue {

    private final Channel channel;
    private final Scheduler scheduler;
    private final ConnectionMeters meters;
    private final int maxPending;
    private final Function<String, Future<?>> taker;
    private final ArrayDeque<String> unread = new ArrayDeque<>();
    private boolean busy;
    private int underWay;
    private @Nullable Runnable whenAnswered;

    /**
     * @param maxPending the most unanswered requests; at the limit no message is processed until some are answered
     * @param taker processes a message; its future completes when the next one may be processed
     */
    RequestQueue(
            Channel channel,
            Scheduler scheduler,
            ConnectionMeters meters,
            int maxPending,
            Function<String, Future<?>> taker) {
        this.channel = channel;
        this.scheduler = scheduler;
        this.meters = meters;
        this.maxPending = maxPending;
        this.taker = taker;
    }

    /** Queues or processes a message. */
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

    /** Counts work as pending until it is done. */
    <T> Future<T> underWay(Future<T> work) {
        underWay++;
        return work.onComplete(done -> {
            underWay--;
            if (isEnding()) {
                // In a later turn, after the answer that the same completion sends.
                scheduler.execute(this::endWhenAnswered);
            }
        });
    }

    /** True when the limit of pending requests is reached. */
    boolean isFull() {
        return underWay >= maxPending;
    }

    /** Takes no more messages, and runs {@code action} once all pending requests are answered. */
    void end(Runnable action) {
        whenAnswered = action;
        unread.clear();
        channel.pauseReading(true);
        endWhenAnswered();
    }

    boolean isEnding() {
        return whenAnswered != null;
    }

    /** Drops the queued messages. */
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
                meters.paused();
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
                // An earlier message has ended the connection; later ones are dropped.
                unread.clear();
            }
        }
        if (unread.isEmpty() && !isEnding()) {
            channel.pauseReading(false);
        }
    }
}

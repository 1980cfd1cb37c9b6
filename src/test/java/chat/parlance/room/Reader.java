package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A subscriber that is always ready for more, and records its deliveries. */
final class Reader implements Subscriber {

    private final UserId user;
    private final List<Long> seqs = new ArrayList<>();
    private final List<String> resets = new ArrayList<>();
    private final List<RoomId> removals = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private @Nullable Subscription subscription;

    Reader(UserId user) {
        this.user = user;
    }

    /** Sets its subscription after the join. */
    void opened(Subscription opened) {
        subscription = opened;
    }

    Subscription subscription() {
        return Objects.requireNonNull(subscription);
    }

    void leave() {
        subscription().close();
    }

    /** Seqs of the events, in order of arrival. */
    List<Long> seqs() {
        return seqs;
    }

    /** Resets, as {@code from-head}. */
    List<String> resets() {
        return resets;
    }

    /** Rooms from which it was removed. */
    List<RoomId> removals() {
        return removals;
    }

    List<Signal> signals() {
        return signals;
    }

    @Override
    public UserId user() {
        return user;
    }

    @Override
    public void deliver(EventBatch batch) {
        batch.events().forEach(event -> seqs.add(event.seq()));
    }

    @Override
    public void signal(Signal.Shown signal) {
        signals.add(signal);
    }

    @Override
    public void presence(RoomPresence presence) {}

    @Override
    public void removed(RoomId room) {
        removals.add(room);
    }

    @Override
    public Future<Void> writable() {
        return Future.succeededFuture();
    }

    @Override
    public void reset(RoomId room, long from, long head) {
        resets.add(from + "-" + head);
    }
}

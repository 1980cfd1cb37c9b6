package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.room.Appended;
import chat.parlance.room.NewEvent;
import chat.parlance.testing.NoMeters;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The real group commit of one node, over a simulated database. */
public final class SimulatedCommits {

    private static final CommitSettings SETTINGS =
            new CommitSettings(new CommitSettings.Connections(2, 2), new CommitSettings.Queue(8, 100, 60), 2000);
    private static final int LOCK_TIMEOUT_MS = 1000;

    /**
     * Outcome of one event in a simulated transaction.
     *
     * @param event stored event, of this or an earlier send; null when there is none
     * @param isNew true when it was stored now
     * @param locked true when another transaction held the room, so that nothing was done
     */
    public record Outcome(
            @Nullable Event event, boolean isNew, @Nullable ErrorCode refused, boolean locked) {

        public Outcome(@Nullable Event event, boolean isNew, @Nullable ErrorCode refused) {
            this(event, isNew, refused, false);
        }

        /** Outcome when another transaction holds the room. */
        public static Outcome ofLockedRoom() {
            return new Outcome(null, false, null, true);
        }
    }

    /** A transaction that skips locked rooms, or waits for a room for the given milliseconds. */
    @FunctionalInterface
    public interface Transaction {
        Future<List<Outcome>> append(List<NewEvent> batch, int lockWaitMs);
    }

    private final GroupCommit commit;

    public SimulatedCommits(Transaction transaction, Consumer<List<Event>> publish, LongSupplier nanoTime) {
        commit = new GroupCommit(
                (batch, lockWaitMs) -> transaction
                        .append(batch, lockWaitMs)
                        .map(outcomes ->
                                outcomes.stream().map(SimulatedCommits::outcome).toList()),
                publish,
                SETTINGS,
                LOCK_TIMEOUT_MS,
                new NoMeters(),
                nanoTime);
    }

    public Future<Appended> append(NewEvent event) {
        return commit.append(event).compose(outcome -> switch (outcome) {
            case AppendOutcome.Stored stored -> Future.succeededFuture(new Appended(stored.cursor(), false));
            case AppendOutcome.Duplicate duplicate -> Future.succeededFuture(new Appended(duplicate.cursor(), true));
            case AppendOutcome.Refused refused -> Future.failedFuture(new ChatException(refused.code()));
        });
    }

    private static WriteOutcome outcome(Outcome outcome) {
        if (outcome.locked()) {
            return new WriteOutcome.Locked();
        }
        if (outcome.refused() != null) {
            return new AppendOutcome.Refused(outcome.refused());
        }
        Event event = Objects.requireNonNull(outcome.event());
        return outcome.isNew()
                ? new AppendOutcome.Stored(event.cursor(), event.previous(), event.at(), null, List.of())
                : new AppendOutcome.Duplicate(event.cursor());
    }
}

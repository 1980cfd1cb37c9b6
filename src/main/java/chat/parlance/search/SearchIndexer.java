package chat.parlance.search;

import chat.parlance.error.ChatException;
import chat.parlance.log.Condition;
import chat.parlance.model.RoomId;
import chat.parlance.room.ChangeSet;
import chat.parlance.room.Scheduler;
import chat.parlance.room.StorePoll;
import chat.parlance.search.EntryStore.Turn;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index up to date with the rooms: a turn at a time, of a limited number of events, with a pause after each,
 * so that it does not slow down senders. The node's poll reports the changed rooms; after an incomplete poll, as at the
 * start, all rooms are visited. Every node with the persistence role has an indexer, and a room that another node is
 * indexing is retried later. Belongs to one event loop.
 */
public final class SearchIndexer {

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);
    private static final Condition STUCK =
            Condition.of(LOG, "The search index does not advance", "The search index advances again");
    private static final int ROOMS_PER_TURN = 64;
    private static final int RETRY_MS = 1000;

    /** Limit of the rooms remembered as changed; beyond it all rooms are visited. */
    private static final int MAX_CHANGED = 10_000;

    private final EntryStore entries;
    private final Scheduler scheduler;
    private final SearchSettings.Indexing settings;
    private final Set<RoomId> changed = new LinkedHashSet<>();
    private boolean allRooms;
    private String allRoomsAfter = "";
    private int rounds;
    private boolean working;
    private volatile int waiting;
    private volatile long idleNs = System.nanoTime();
    private boolean turning;
    private @Nullable Promise<Void> stopped;

    /**
     * Work that the indexer has not done yet.
     *
     * @param rooms changed rooms that are not indexed to their end
     * @param nanoseconds time since the indexer last had no work; 0 when it has none now
     */
    public record Backlog(int rooms, long nanoseconds) {}

    private SearchIndexer(EntryStore entries, Scheduler scheduler, SearchSettings.Indexing settings) {
        this.entries = entries;
        this.scheduler = scheduler;
        this.settings = settings;
    }

    /** Starts with all rooms, and then follows the changes. */
    public static SearchIndexer start(
            EntryStore entries, StorePoll watch, Scheduler scheduler, SearchSettings.Indexing settings) {
        SearchIndexer indexer = new SearchIndexer(entries, scheduler, settings);
        watch.listen(scheduler, indexer::note);
        scheduler.execute(() -> {
            indexer.noteAll();
            indexer.count();
            indexer.work();
        });
        return indexer;
    }

    /** Backlog now. May be called from any thread. */
    public Backlog backlog() {
        int rooms = waiting;
        return new Backlog(rooms, rooms == 0 ? 0 : System.nanoTime() - idleNs);
    }

    /** Counts the rooms that wait; a visit of all rooms counts as one more. */
    private void count() {
        int rooms = changed.size() + (allRooms ? 1 : 0);
        if (rooms == 0 || waiting == 0) {
            idleNs = System.nanoTime();
        }
        waiting = rooms;
    }

    /** Starts no further turn; completes when none is running. May be called from any thread. */
    public Future<Void> stop() {
        Promise<Void> ended = Promise.promise();
        scheduler.execute(() -> {
            stopped = ended;
            if (!turning) {
                ended.tryComplete();
            }
        });
        return ended.future();
    }

    private void note(ChangeSet changes) {
        if (changes.complete() && changed.size() + changes.heads().size() <= MAX_CHANGED) {
            changed.addAll(changes.heads().keySet());
        } else {
            noteAll();
        }
        count();
        work();
    }

    private void noteAll() {
        allRooms = true;
        allRoomsAfter = "";
        rounds++;
        changed.clear();
    }

    private void work() {
        if (working || stopped != null || (changed.isEmpty() && !allRooms)) {
            return;
        }
        working = true;
        turning = true;
        long begin = System.nanoTime();
        rooms().compose(rooms -> entries.advance(rooms, settings.indexBatch())
                        .onSuccess(turn -> changed.addAll(turn.unfinished()))
                        .onFailure(failure -> changed.addAll(rooms)))
                .onFailure(SearchIndexer::note)
                .onComplete(done -> {
                    turning = false;
                    count();
                    if (stopped != null) {
                        stopped.tryComplete();
                        return;
                    }
                    scheduler.after(
                            done.succeeded() ? pauseMs(done.result(), System.nanoTime() - begin) : RETRY_MS, () -> {
                                working = false;
                                work();
                            });
                });
    }

    /** The store logs its own failures. */
    private static void note(Throwable failure) {
        if (!(failure instanceof ChatException)) {
            STUCK.occurred(failure.toString(), failure);
        }
    }

    /** Removes the rooms of the next turn from the list. */
    private Future<List<RoomId>> rooms() {
        List<RoomId> rooms = new ArrayList<>();
        var next = changed.iterator();
        while (next.hasNext() && rooms.size() < ROOMS_PER_TURN) {
            rooms.add(next.next());
            next.remove();
        }
        if (!rooms.isEmpty() || !allRooms) {
            return Future.succeededFuture(rooms);
        }
        int round = rounds;
        return entries.behind(allRoomsAfter, ROOMS_PER_TURN).onSuccess(behind -> {
            if (round != rounds) {
                // Another round has started meanwhile, from the first room on.
                return;
            }
            if (behind.isEmpty()) {
                allRooms = false;
            } else {
                allRoomsAfter = behind.getLast().value();
            }
        });
    }

    /** Pause after a turn. It is longer when all that was left is being indexed by another node. */
    private long pauseMs(Turn turn, long tookNs) {
        long fair = TimeUnit.NANOSECONDS.toMillis(tookNs * (100 - settings.indexShare()) / settings.indexShare());
        return turn.events() == 0 && !turn.unfinished().isEmpty() ? RETRY_MS : Math.max(1, fair);
    }
}

package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.RoomId;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.ChangeSet;
import chat.parlance.room.Scheduler;
import chat.parlance.room.StorePoll;
import chat.parlance.room.WatchSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Backlog of the indexer, on a store that answers when the test decides. */
final class SearchIndexerTest {

    private final List<Promise<List<RoomId>>> lookups = new ArrayList<>();
    private final List<Promise<EntryStore.Turn>> turns = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();

    private final class Store implements EntryStore {

        @Override
        public Future<Turn> advance(List<RoomId> rooms, int maxEvents) {
            turns.add(Promise.promise());
            return turns.getLast().future();
        }

        @Override
        public Future<List<RoomId>> behind(String after, int limit) {
            lookups.add(Promise.promise());
            return lookups.getLast().future();
        }
    }

    private final class Later implements Scheduler {

        @Override
        public void after(long delayMs, Runnable action) {
            later.add(action);
        }

        @Override
        public void execute(Runnable action) {
            action.run();
        }
    }

    private static final class Silent implements ChangeLog {

        @Override
        public Future<ChangeSet> since(String mark) {
            return Promise.<ChangeSet>promise().future();
        }

        @Override
        public void giveUp() {}
    }

    @Test
    void shouldReportItsBacklogUntilNothingIsLeft() {
        StorePoll watch =
                StorePoll.start(new Silent(), new Later(), new WatchSettings(1000, 3000, 3000), System::nanoTime);
        SearchIndexer indexer =
                SearchIndexer.start(new Store(), watch, new Later(), new SearchSettings.Indexing(10, 50));
        assertThat(indexer.backlog().rooms()).as("all rooms are to be visited").isEqualTo(1);
        assertThat(indexer.backlog().nanoseconds()).isPositive();

        RoomId room = new RoomId("garden");
        lookups.getLast().complete(List.of(room));
        turns.getLast().complete(new EntryStore.Turn(10, List.of(room)));
        assertThat(indexer.backlog().rooms())
                .as("the room and the further ones")
                .isEqualTo(2);
        long sinceNs = indexer.backlog().nanoseconds();

        next();
        turns.getLast().complete(new EntryStore.Turn(3, List.of()));
        assertThat(indexer.backlog().rooms()).isEqualTo(1);
        assertThat(indexer.backlog().nanoseconds())
                .as("it has had work without a break")
                .isGreaterThan(sinceNs);

        next();
        lookups.getLast().complete(List.of());
        turns.getLast().complete(new EntryStore.Turn(0, List.of()));
        assertThat(indexer.backlog()).isEqualTo(new SearchIndexer.Backlog(0, 0));
    }

    private void next() {
        later.removeLast().run();
    }
}

package chat.parlance.room;

import static chat.parlance.room.Fixtures.ALICE;
import static chat.parlance.room.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.testing.NoMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The hub on a store and a bus that do what the test says, in the order it says. */
final class RoomHubTest {

    private static final RoomId DEV = new RoomId("dev");
    private static final RoomLimits LIMITS = new RoomLimits(8192, 3, 10, 30, 100);

    private static final StoreWatch.Settings WATCH = new StoreWatch.Settings(1000, 3000);

    private final World world = new World();
    private final StoreWatch watch = StoreWatch.start(world, world, WATCH, () -> world.nowMs * 1_000_000);
    private final RoomHub hub = new RoomHub(
            new RoomService(world, world, LIMITS),
            world,
            world,
            watch,
            watch::isCurrent,
            world,
            LIMITS,
            new NoMeters());

    @Test
    void shouldShowTheNewestToWhoJoinsWithoutSince() {
        world.commit(5);
        Reader reader = world.join(hub, ALICE, null);
        assertThat(reader.seqs).containsExactly(3L, 4L, 5L);
    }

    @Test
    void shouldResumeWithoutLossOrDouble() {
        world.commit(5);
        Reader reader = world.join(hub, ALICE, 2L);
        world.publish(6);
        assertThat(reader.seqs).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void shouldJoinCatchUpAndLiveAtTheSeam() {
        world.commit(5);
        world.join(hub, BOB, null);
        world.holdReads();
        Reader reader = world.join(hub, ALICE, 1L);
        world.publish(6);
        world.publish(7);
        world.releaseReads();
        world.publish(8);
        assertThat(reader.seqs)
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 8).boxed().toList());
    }

    @Test
    void shouldNotReadAgainWhatCameWhileThePageWasRead() {
        world.commit(5);
        world.join(hub, BOB, null);
        world.holdReads();
        Reader reader = world.join(hub, ALICE, 1L);
        world.publish(6);
        world.publish(7);
        world.failReads = true;
        world.releaseReads();
        assertThat(reader.seqs)
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 7).boxed().toList());
    }

    @Test
    void shouldReadWhatIsMoreThanIsKeptForWhoCatchesUp() {
        world.commit(5);
        world.join(hub, BOB, null);
        world.holdReads();
        Reader reader = world.join(hub, ALICE, 1L);
        LongStream.rangeClosed(6, 600).forEach(world::publish);
        world.releaseReads();
        assertThat(reader.seqs)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 600).boxed().toList());
    }

    @Test
    void shouldResetWhoIsTooFarBehind() {
        world.commit(50);
        Reader reader = world.join(hub, ALICE, 1L);
        world.publish(51);
        assertThat(reader.resets).containsExactly("1-50");
        assertThat(reader.seqs).containsExactly(51L);
    }

    @Test
    void shouldReadAHoleFromTheStoreAfterTheGrace() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(2);
        world.publish(3);
        assertThat(reader.seqs).isEmpty();
        world.pass(LIMITS.gapGraceMs());
        assertThat(reader.seqs).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldLearnFromTheHeadsWhatADeafBusKeptBack() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        world.pass(WATCH.intervalMs());
        assertThat(reader.seqs).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldGoOnReadingAfterTheStoreFailed() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        world.failReads = true;
        world.pass(WATCH.intervalMs());
        world.failReads = false;
        world.pass(WATCH.intervalMs());
        assertThat(reader.seqs).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldShowNothingWhileItMayBeStaleAndAllOfItAfterwards() {
        Reader reader = world.join(hub, ALICE, null);
        world.freeze(WATCH.leaseMs());
        world.publish(1);
        assertThat(reader.seqs).isEmpty();
        assertThat(hub.join(new Reader(BOB), DEV, null).failed()).isTrue();
        world.pass(WATCH.intervalMs());
        assertThat(reader.seqs).containsExactly(1L);
    }

    @Test
    void shouldNotShowWhatWasReadBeforeItBecameStale() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(2);
        world.publish(3);
        world.holdReads();
        world.pass(LIMITS.gapGraceMs());
        world.freeze(WATCH.leaseMs());
        world.releaseReads();
        assertThat(reader.seqs).isEmpty();
        world.pass(WATCH.intervalMs());
        assertThat(reader.seqs).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldCompareAllHeadsWhenTheLogDoesNotGoBackSoFar() {
        Reader reader = world.join(hub, ALICE, null);
        world.commit(4);
        world.logPruned = true;
        world.pass(WATCH.intervalMs());
        assertThat(reader.seqs).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldTakeBackWhatTheStoreDoesNotHave() {
        Reader reader = world.join(hub, ALICE, null);
        world.deliver(List.of(Fixtures.message("dev", 1)));
        world.pass(WATCH.intervalMs());
        world.pass(WATCH.intervalMs());
        assertThat(reader.resets).containsExactly("0-0");
        world.publish(1);
        assertThat(reader.seqs).containsExactly(1L, 1L);
    }

    @Test
    void shouldEndTheSubscriptionsOfWhoLeft() {
        Reader alice = world.join(hub, ALICE, null);
        Reader bob = world.join(hub, BOB, null);
        world.append(Fixtures.left("dev", 1, BOB));
        world.publish(2);
        assertThat(bob.seqs).containsExactly(1L);
        assertThat(bob.removals).containsExactly(DEV);
        assertThat(alice.seqs).containsExactly(1L, 2L);
    }

    @Test
    void shouldStopListeningWhenTheLastOneGoes() {
        Reader reader = world.join(hub, ALICE, null);
        assertThat(world.entered).containsExactly(DEV);
        reader.subscription.close();
        assertThat(world.entered).isEmpty();
        assertThat(hub.liveRooms()).isZero();
    }

    private static final class Reader implements Subscriber {
        private final UserId user;
        private final List<Long> seqs = new ArrayList<>();
        private final List<String> resets = new ArrayList<>();
        private final List<RoomId> removals = new ArrayList<>();
        private Subscription subscription;

        Reader(UserId user) {
            this.user = user;
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
        public void signal(Signal.Shown signal) {}

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

    /** One room, its history, its bus and its time. */
    private static final class World implements EventStore, AccessOnly, NodeBus, ChangeLog, Scheduler {

        private record Timer(long atMs, Runnable action) {}

        private final List<Event> history = new ArrayList<>();
        private final Set<RoomId> entered = new HashSet<>();
        private final List<Timer> timers = new ArrayList<>();
        private final ArrayDeque<Runnable> held = new ArrayDeque<>();
        private @Nullable Consumer<List<Event>> listener;
        private boolean holding;
        private boolean failReads;
        private boolean logPruned;
        private long nowMs;

        Reader join(RoomHub hub, UserId user, @Nullable Long since) {
            Reader reader = new Reader(user);
            hub.join(reader, DEV, since).onSuccess(subscription -> {
                reader.subscription = subscription;
                subscription.start();
            });
            return reader;
        }

        /** Stores messages up to {@code seq} of which the bus says nothing. */
        void commit(long seq) {
            while (history.size() < seq) {
                history.add(Fixtures.message("dev", history.size() + 1L));
            }
        }

        /** Stores messages up to {@code seq}, of which the bus brings the last. */
        void publish(long seq) {
            commit(seq);
            deliver(List.of(history.get((int) seq - 1)));
        }

        void append(Event event) {
            history.add(event);
            deliver(List.of(event));
        }

        void deliver(List<Event> events) {
            if (listener != null) {
                listener.accept(events);
            }
        }

        void holdReads() {
            holding = true;
        }

        void releaseReads() {
            holding = false;
            while (!held.isEmpty()) {
                held.remove().run();
            }
        }

        /** Time goes on and nothing happens. */
        void freeze(long ms) {
            nowMs += ms;
        }

        void pass(long ms) {
            nowMs += ms;
            for (Timer timer : List.copyOf(timers)) {
                if (timer.atMs() <= nowMs && timers.remove(timer)) {
                    timer.action().run();
                }
            }
        }

        private <T> Future<T> answer(java.util.function.Supplier<T> answer) {
            if (failReads) {
                return Future.failedFuture("down");
            }
            T snapshot = answer.get();
            if (!holding) {
                return Future.succeededFuture(snapshot);
            }
            Promise<T> promise = Promise.promise();
            held.add(() -> promise.complete(snapshot));
            return promise.future();
        }

        private EventPage page(Range range) {
            List<Event> events = switch (range) {
                case Range.After after ->
                    history.size() - after.seq() > after.maxBehind()
                            ? List.of()
                            : history.stream()
                                    .filter(event -> event.seq() > after.seq())
                                    .limit(after.limit())
                                    .toList();
                case Range.Before before ->
                    history.subList(Math.max(0, history.size() - before.limit()), history.size());
                case Range.Around around -> throw new UnsupportedOperationException();
            };
            return new EventPage(events, history.size());
        }

        @Override
        public Future<Appended> append(NewEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<EventPage> read(RoomId room, long after, int limit) {
            return answer(() -> page(new Range.After(after, limit)));
        }

        @Override
        public Future<Map<RoomId, Long>> heads(Collection<RoomId> rooms) {
            return answer(() -> {
                Map<RoomId, Long> heads = new HashMap<>();
                rooms.forEach(room -> heads.put(room, (long) history.size()));
                return heads;
            });
        }

        @Override
        public Future<Optional<Access>> access(RoomId room, UserId user, Range range) {
            return answer(() -> AccessOnly.granted(page(range)));
        }

        @Override
        public void publish(List<Event> events) {
            deliver(events);
        }

        @Override
        public Listener listen(Consumer<List<Event>> handler) {
            listener = handler;
            return new Listener() {
                @Override
                public void enter(RoomId room) {
                    entered.add(room);
                }

                @Override
                public void exit(RoomId room) {
                    entered.remove(room);
                }

                @Override
                public void close() {
                    entered.clear();
                }
            };
        }

        @Override
        public Future<Changes> since(long mark) {
            return answer(() -> Fixtures.changes(
                    history.size(),
                    !logPruned && (mark > 0 || history.isEmpty()),
                    !logPruned && history.size() > mark ? Map.of(DEV, (long) history.size()) : Map.of()));
        }

        @Override
        public void execute(Runnable action) {
            action.run();
        }

        @Override
        public void after(long delayMs, Runnable action) {
            timers.add(new Timer(nowMs + delayMs, action));
        }
    }
}

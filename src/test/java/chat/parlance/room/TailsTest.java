package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipState;
import chat.parlance.model.MessageState;
import chat.parlance.model.Role;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.testing.NoMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages of history from memory, over a store that a test scripts. */
final class TailsTest {

    private static final RoomId ROOM = new RoomId("dev");
    private static final TailSettings SETTINGS = new TailSettings(1 << 20, 1 << 18);
    private static final UserId ALICE = Fixtures.ALICE;
    private static final UserId BOB = Fixtures.BOB;

    private final Store store = new Store();
    private final Tails tails = new Tails(store, SETTINGS, new NoMeters());

    @Test
    void shouldReadATailOnceForAllReaders() {
        store.append(60);
        store.hold();
        List<Future<Optional<HistoryAccess>>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(tails.read(ROOM, ALICE, Selection.EVENTS, Range.newest(40)));
        }
        store.release();
        waiting.forEach(
                read -> assertThat(seqs(read)).hasSize(40).startsWith(21L).endsWith(60L));
        assertThat(seqs(newest(BOB, 50))).startsWith(11L).endsWith(60L);
        assertThat(store.tails).isEqualTo(1);
        assertThat(store.histories).isZero();
        assertThat(store.memberships).isEqualTo(11);
    }

    @Test
    void shouldNotAnswerAtAnotherHead() {
        store.append(3);
        newest(ALICE, 40);
        newest(ALICE, 40);
        store.append(1);
        assertThat(seqs(newest(ALICE, 40))).containsExactly(1L, 2L, 3L, 4L);
        store.deleteText(4);
        assertThat(events(newest(ALICE, 40)).get(3).body()).isEqualTo(new EventBody.Message(new ClientId("m4"), null));
    }

    @Test
    void shouldNotAnswerAfterTheDatabaseHasGoneBackToTheSameNumber() {
        store.append(3);
        newest(ALICE, 40);
        store.goBack(2);
        store.append(1);
        assertThat(events(newest(ALICE, 40))).isEqualTo(store.events);
    }

    @Test
    void shouldAskForTheMembershipOfEachReaderEachTime() {
        store.append(3);
        newest(ALICE, 40);
        store.viewer = new Membership(MembershipState.BANNED, Role.MEMBER, false);
        assertThat(newest(ALICE, 40).result().orElseThrow().situation().actor()).isEqualTo(store.viewer);
        store.viewer = null;
        assertThat(newest(ALICE, 40).result().orElseThrow().situation().actor()).isNull();
        store.hidden = true;
        assertThat(newest(ALICE, 40).result()).isEmpty();
    }

    @Test
    void shouldReadFromTheStoreInARoomThatMovesFasterThanItsReaders() {
        store.append(3);
        newest(ALICE, 40);
        newest(ALICE, 40);
        store.movesWithEachRead = true;
        store.append(1);
        assertThat(seqs(newest(ALICE, 40))).endsWith((long) store.events.size());
        assertThat(store.histories).isEqualTo(1);
    }

    @Test
    void shouldReadATailAgainOnlyWhenItWasUsed() {
        store.append(3);
        newest(ALICE, 40);
        store.append(1);
        newest(ALICE, 40);
        assertThat(store.tails).isEqualTo(1);
        assertThat(store.histories).isEqualTo(1);
        newest(ALICE, 40);
        newest(BOB, 40);
        store.append(1);
        newest(ALICE, 40);
        assertThat(store.tails).isEqualTo(3);
        assertThat(store.histories).isEqualTo(1);
    }

    @Test
    void shouldAnswerForTheEventsThatItHas() {
        store.append(150);
        newest(ALICE, 40);
        Range.After after = new Range.After(new Since(100, null), 20);
        HistoryPage page = read(after);
        assertThat(page.page().after()).isEqualTo(store.cursor(100));
        assertThat(page.page().events()).isEqualTo(store.events.subList(100, 120));
        assertThat(read(new Range.Before(90, 10)).page().events()).isEqualTo(store.events.subList(79, 89));
        assertThat(read(new Range.After(new Since(50, null), 5)).page().after()).isEqualTo(store.cursor(50));
        assertThat(store.histories).isZero();
        read(new Range.Before(55, 10));
        read(new Range.After(new Since(49, null), 5));
        read(new Range.After(new Since(151, null), 5));
        read(new Range.Around(120, 5));
        assertThat(store.histories).isEqualTo(4);
    }

    @Test
    void shouldListEachReaderFirstInItsOwnTallies() {
        List<UserId> users = users(150);
        store.append(2);
        store.react(2, new MessageState.Reactions("👍", 150, users));
        assertThat(reactions(ALICE).users()).isEqualTo(users.subList(0, 100));
        assertThat(reactions(users.get(140)).users())
                .hasSize(100)
                .startsWith(users.get(140), users.getFirst())
                .endsWith(users.get(98));
        assertThat(reactions(users.get(3)).count()).isEqualTo(150);
        assertThat(store.histories).isZero();
    }

    @Test
    void shouldReadFromTheStoreForAReaderWhoMayBeInTheRestOfATally() {
        store.append(2);
        store.react(2, new MessageState.Reactions("👍", 2000, users(1000)));
        assertThat(reactions(new UserId("user-1")).users()).hasSize(100);
        assertThat(store.histories).isZero();
        newest(ALICE, 40);
        assertThat(store.histories).isEqualTo(1);
    }

    @Test
    void shouldEncodeOnceForReadersWhoSeeTheSame() {
        store.append(2);
        store.react(2, new MessageState.Reactions("👍", 1, List.of(BOB)));
        HistoryPage first = page(newest(ALICE, 40));
        byte[] encoded = first.json().get(() -> bytes("page"));
        byte[] event = first.items().getFirst().json().get(() -> bytes("event"));
        HistoryPage second = page(newest(new UserId("carol"), 40));
        assertThat(second.json().kept()).isSameAs(encoded);
        HistoryPage own = page(newest(BOB, 40));
        assertThat(own.json().kept()).isNull();
        assertThat(own.items().getFirst().json().kept()).isSameAs(event);
        own.json().keep(bytes("of bob"));
        assertThat(page(newest(ALICE, 40)).json().kept()).isSameAs(encoded);
        store.append(1);
        assertThat(page(newest(ALICE, 40)).json().kept()).isNull();
    }

    @Test
    void shouldStayWithinItsMemory() {
        Sum kept = new Sum();
        Tails small = new Tails(store, new TailSettings(40_000, 30_000), kept);
        store.append(20);
        for (int i = 0; i < 10; i++) {
            HistoryPage page = page(small.read(new RoomId("room-" + i), ALICE, Selection.EVENTS, Range.newest(20)));
            page.json().get(() -> new byte[10_000]);
            page.gzip().get(() -> new byte[40_000]);
            assertThat(kept.bytes).isBetween(1L, 40_000L);
        }
        small.read(new RoomId("room-9"), ALICE, Selection.EVENTS, Range.newest(20));
        assertThat(store.tails).isEqualTo(10);
        small.read(new RoomId("room-0"), ALICE, Selection.EVENTS, Range.newest(20));
        assertThat(store.tails).isEqualTo(11);
    }

    @Test
    void shouldReadLongEventsFromTheStore() {
        Tails small = new Tails(store, new TailSettings(8192, 8192), new NoMeters());
        store.append(20);
        small.read(ROOM, ALICE, Selection.EVENTS, Range.newest(20));
        assertThat(seqs(small.read(ROOM, ALICE, Selection.EVENTS, Range.newest(20))))
                .hasSize(20);
        assertThat(store.histories).isEqualTo(2);
        assertThat(seqs(small.read(ROOM, ALICE, Selection.EVENTS, Range.newest(5))))
                .hasSize(5);
        assertThat(store.histories).isEqualTo(2);
    }

    @Test
    void shouldKeepNothingWithoutMemory() {
        Tails none = new Tails(store, new TailSettings(0, 8192), new NoMeters());
        store.append(2);
        assertThat(seqs(none.read(ROOM, ALICE, Selection.EVENTS, Range.newest(20))))
                .containsExactly(1L, 2L);
        assertThat(store.tails).isZero();
    }

    @Test
    void shouldRefuseReadersWhenTooManyWait() {
        store.append(2);
        store.hold();
        for (int i = 0; i < Tails.MAX_WAITING; i++) {
            newest(ALICE, 40);
        }
        assertThat(ChatException.of(newest(ALICE, 40).cause()).code()).isEqualTo(ErrorCode.SERVER_OVERLOADED);
        store.release();
        assertThat(seqs(newest(ALICE, 40))).containsExactly(1L, 2L);
    }

    @Test
    void shouldReadAgainAfterAFailure() {
        store.append(2);
        store.failing = true;
        assertThat(newest(ALICE, 40).failed()).isTrue();
        store.failing = false;
        assertThat(seqs(newest(ALICE, 40))).containsExactly(1L, 2L);
    }

    private Future<Optional<HistoryAccess>> newest(UserId viewer, int limit) {
        return tails.read(ROOM, viewer, Selection.EVENTS, Range.newest(limit));
    }

    private HistoryPage read(Range range) {
        return page(tails.read(ROOM, ALICE, Selection.EVENTS, range));
    }

    private MessageState.Reactions reactions(UserId viewer) {
        EventBody.Message message =
                (EventBody.Message) events(newest(viewer, 40)).get(1).body();
        return message.state().reactions().getFirst();
    }

    private static HistoryPage page(Future<Optional<HistoryAccess>> read) {
        return read.result().orElseThrow().page();
    }

    private static List<Event> events(Future<Optional<HistoryAccess>> read) {
        return page(read).page().events();
    }

    private static List<Long> seqs(Future<Optional<HistoryAccess>> read) {
        return events(read).stream().map(Event::seq).toList();
    }

    private static List<UserId> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> new UserId("user-" + i)).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Meters that add up the memory. */
    private static final class Sum extends NoMeters {

        private long bytes;

        @Override
        public void tailsGrew(long more) {
            bytes += more;
        }
    }

    /** A store in which all rooms have the same events. */
    private static final class Store implements AccessOnly {

        private List<Event> events = new ArrayList<>();
        private final List<Runnable> held = new ArrayList<>();
        private @Nullable Membership viewer = new Membership(MembershipState.JOINED, Role.MEMBER, false);
        private boolean hidden;
        private boolean holding;
        private boolean failing;
        private boolean movesWithEachRead;
        private long stamps;
        private int tails;
        private int memberships;
        private int histories;

        void append(int count) {
            for (int i = 0; i < count; i++) {
                Cursor head = events.isEmpty() ? Cursor.START : events.getLast().cursor();
                events.add(Fixtures.message("dev", head, new Stamp(++stamps)));
            }
        }

        void goBack(long seq) {
            events = new ArrayList<>(events.subList(0, (int) seq));
        }

        void deleteText(long seq) {
            change(seq, new EventBody.Message(new ClientId("m" + seq), null));
        }

        void react(long seq, MessageState.Reactions reactions) {
            change(
                    seq,
                    new EventBody.Message(new ClientId("m" + seq), "text " + seq)
                            .in(new MessageState(null, false, null, List.of(reactions), List.of(), null)));
        }

        /** Changes a message; like each change, it appends an event. */
        private void change(long seq, EventBody.Message message) {
            Event event = events.get((int) seq - 1);
            events.set(
                    (int) seq - 1,
                    new Event(event.room(), seq, event.stamp(), event.previous(), event.at(), event.sender(), message));
            append(1);
        }

        Cursor cursor(long seq) {
            return events.get((int) seq - 1).cursor();
        }

        void hold() {
            holding = true;
        }

        void release() {
            holding = false;
            List<Runnable> answers = List.copyOf(held);
            held.clear();
            answers.forEach(Runnable::run);
        }

        @Override
        public Future<Optional<RoomAccess>> membership(RoomId room, UserId user) {
            memberships++;
            return answer(
                    hidden
                            ? Optional.empty()
                            : Optional.of(new RoomAccess(
                                    Visibility.PUBLIC, false, viewer, EventPage.newest(List.of(), head()))));
        }

        @Override
        public Future<Optional<EventPage>> tail(RoomId room, Selection selection, int limit) {
            tails++;
            if (movesWithEachRead) {
                append(1);
            }
            EventPage page = new EventPage(newest(limit), head(), null);
            if (movesWithEachRead) {
                append(1);
            }
            return answer(Optional.of(page));
        }

        @Override
        public Future<Optional<RoomAccess>> history(RoomId room, UserId user, Selection selection, Range range) {
            histories++;
            return access(room, user, range);
        }

        @Override
        public Future<Optional<RoomAccess>> access(RoomId room, UserId user, Range range) {
            return answer(Optional.of(new RoomAccess(
                    Visibility.PUBLIC, false, viewer, new EventPage(newest(range.limit()), head(), null))));
        }

        private List<Event> newest(int limit) {
            return events.subList(Math.max(0, events.size() - limit), events.size());
        }

        private Cursor head() {
            return events.getLast().cursor();
        }

        private <T> Future<T> answer(T answer) {
            if (failing) {
                return Future.failedFuture("down");
            }
            if (!holding) {
                return Future.succeededFuture(answer);
            }
            Promise<T> later = Promise.promise();
            held.add(() -> later.complete(answer));
            return later.future();
        }
    }
}

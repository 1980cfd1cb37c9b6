package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.PageSize;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest events of rooms in memory, so that a page of them costs the store one short look-up. Each reader's
 * membership and the head of its room are read from the store, many readers' in one query and one snapshot. A tail answers
 * only when its head is that head: everything that a page has follows from the events up to there, so the page is the one
 * that the store would give in that snapshot, whatever the bus has lost and however long the node was frozen.
 *
 * <pre>
 *   absent ──newest page──▶ loading ──page, head──▶ kept ──another head, unused──▶ absent
 *                              ▲                      │
 *                              └──another head, used──┘
 * </pre>
 *
 * One read loads a tail for all readers that wait for it. The tails with the oldest reads make room for others. Belongs to
 * one event loop.
 */
public final class Tails implements HistorySource {

    /** Number of events of a tail: the longest page. */
    private static final int EVENTS = PageSize.MAX;

    /** Tries of one reader, whose room may get events meanwhile, before its page is read from the store. */
    private static final int ATTEMPTS = 3;

    /** Limit of the readers who wait for the store. */
    static final int MAX_WAITING = 2000;

    private record Key(RoomId room, Selection selection) {}

    /** State of a tail that is not absent. */
    private sealed interface Place {

        /** @param tail empty when there is no such room */
        record Loading(Future<Optional<Tail>> tail) implements Place {}

        record Kept(Tail tail) implements Place {}
    }

    /** Question of one reader. */
    private record Question(Key key, UserId viewer, Range range) {}

    private final RoomStore store;
    private final HistorySource direct;
    private final TailSettings settings;
    private final RoomMeters meters;
    private final Map<Key, Place> places = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private int waiting;

    /** @param settings with the memory of this event loop */
    public Tails(RoomStore store, TailSettings settings, RoomMeters meters) {
        this.store = store;
        this.direct = HistorySource.of(store);
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public Future<Optional<HistoryAccess>> read(RoomId room, UserId viewer, Selection selection, Range range) {
        Question question = new Question(new Key(room, selection), viewer, range);
        if (!mayAnswer(question)) {
            return readDirectly(question);
        }
        if (waiting >= MAX_WAITING) {
            return Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED));
        }
        waiting++;
        return attempt(question, ATTEMPTS).onComplete(answered -> waiting--);
    }

    /** Only the newest page loads a tail; a kept one answers for all its events. */
    private boolean mayAnswer(Question question) {
        boolean isKept = switch (question.key().selection()) {
            case Selection.Events events -> settings.memoryBytes() > 0;
            case Selection.Messages messages -> settings.memoryBytes() > 0;
            case Selection.Pinned pinned -> false;
            case Selection.Replies replies -> false;
        };
        return isKept
                && (places.get(question.key()) instanceof Place.Kept(Tail tail)
                        ? tail.covers(question.range())
                        : question.range().equals(Range.newest(question.range().limit())));
    }

    private Future<Optional<HistoryAccess>> attempt(Question question, int attempts) {
        Place place = places.get(question.key());
        if (place == null) {
            place = load(question.key());
        }
        Future<Optional<Tail>> tail = switch (place) {
            case Place.Loading(Future<Optional<Tail>> loading) -> loading;
            case Place.Kept(Tail kept) -> Future.succeededFuture(Optional.of(kept));
        };
        boolean wasKept = place instanceof Place.Kept;
        return store.membership(question.key().room(), question.viewer())
                .compose(access -> access.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : tail.compose(loaded -> loaded.isEmpty()
                                ? readDirectly(question)
                                : answer(question, access.get(), loaded.get(), wasKept, attempts)));
    }

    /** @param wasKept true when the membership was read after the tail */
    private Future<Optional<HistoryAccess>> answer(
            Question question, RoomAccess access, Tail tail, boolean wasKept, int attempts) {
        if (tail.head().equals(access.page().head())) {
            Optional<HistoryPage> page = tail.page(question.viewer(), question.range());
            if (page.isEmpty()) {
                return readDirectly(question);
            }
            tail.noteReader();
            meters.paged(PageOrigin.MEMORY);
            return Future.succeededFuture(Optional.of(new HistoryAccess(access.situation(), page.get())));
        }
        boolean worthwhile = !wasKept || tail.isUsed();
        if (wasKept) {
            drop(question.key(), tail);
        }
        return worthwhile && attempts > 1 ? attempt(question, attempts - 1) : readDirectly(question);
    }

    private Future<Optional<HistoryAccess>> readDirectly(Question question) {
        meters.paged(PageOrigin.POSTGRES);
        Key key = question.key();
        return direct.read(key.room(), question.viewer(), key.selection(), question.range())
                .onSuccess(found ->
                        found.ifPresent(access -> dropOlder(key, access.page().page())));
    }

    /** A tail that answers no page of its room any more would stay for ever. */
    private void dropOlder(Key key, EventPage page) {
        if (places.get(key) instanceof Place.Kept(Tail tail) && !tail.head().equals(page.head())) {
            drop(key, tail);
        }
    }

    private Place load(Key key) {
        Future<Optional<Tail>> read = store.tail(key.room(), key.selection(), EVENTS)
                .map(found -> found.map(
                        page -> new Tail(key.selection(), page, EVENTS, settings.roomMemoryBytes(), this::grew)));
        Place.Loading loading = new Place.Loading(read);
        places.put(key, loading);
        read.onComplete(done -> {
            places.remove(key, loading);
            Tail tail = done.succeeded() ? done.result().orElse(null) : null;
            if (tail != null) {
                keep(key, tail);
            }
        });
        return loading;
    }

    private void keep(Key key, Tail tail) {
        places.put(key, new Place.Kept(tail));
        grew(tail.bytes());
    }

    private void grew(int more) {
        bytes += more;
        meters.tailsGrew(more);
        Iterator<Map.Entry<Key, Place>> oldest = places.entrySet().iterator();
        while (bytes > settings.memoryBytes() && oldest.hasNext()) {
            if (oldest.next().getValue() instanceof Place.Kept(Tail tail)) {
                oldest.remove();
                forget(tail);
            }
        }
    }

    private void drop(Key key, Tail tail) {
        if (places.get(key) instanceof Place.Kept(Tail kept) && kept == tail) {
            places.remove(key);
            forget(tail);
        }
    }

    private void forget(Tail tail) {
        tail.drop();
        bytes -= tail.bytes();
        meters.tailsGrew(-tail.bytes());
    }
}

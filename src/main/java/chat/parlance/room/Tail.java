package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MessageState;
import chat.parlance.model.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of one selection of a room's history, messages in their present state, as they are at one head of
 * the room. It never changes: another head has another tail. Readers share the events, except for messages with
 * reactions or votes of their own, where a reader is listed first. Belongs to one event loop.
 */
final class Tail {

    /** Limit of the pages that are kept with their encoded forms, the newest ones with different limits. */
    private static final int MAX_PAGES = 8;

    /** Tallies of one message, and the users that are listed in any of them. */
    private record Tallied(EventBody.Message message, Set<UserId> users, boolean cut) {}

    private final Selection selection;
    private final Cursor head;
    private final boolean whole;
    private final int maxBytes;
    private final List<HistoryPage.Item> items;
    private final Map<Long, Tallied> tallied = new HashMap<>();
    private final Map<Range, HistoryPage> pages = new HashMap<>();
    private final IntConsumer grown;
    private int bytes;
    private int readers;
    private boolean dropped;

    /**
     * @param newest the newest events, of which the oldest are left out when they need more than half of the memory
     * @param limit the limit with which they were read
     * @param maxBytes limit of the memory of the tail
     * @param grown gets the bytes by which {@link #bytes} grows later
     */
    Tail(Selection selection, EventPage newest, int limit, int maxBytes, IntConsumer grown) {
        this.selection = selection;
        this.head = newest.head();
        this.maxBytes = maxBytes;
        this.grown = grown;
        List<Event> kept = newest.events();
        int first = kept.size();
        int next = first == 0 ? 0 : EventSize.bytes(kept.getLast());
        while (first > 0 && bytes + next <= maxBytes / 2) {
            first--;
            bytes += next;
            next = first == 0 ? 0 : EventSize.bytes(kept.get(first - 1));
        }
        this.whole = first == 0 && kept.size() < limit;
        this.items = kept.subList(first, kept.size()).stream().map(this::item).toList();
    }

    Cursor head() {
        return head;
    }

    /** Memory of the tail and of the encoded forms that it keeps, an estimate. */
    int bytes() {
        return bytes;
    }

    /** Notes that the tail has answered a reader. */
    void noteReader() {
        readers++;
    }

    /** True when the tail has answered others than the reader for whom it was read. */
    boolean isUsed() {
        return readers > 1;
    }

    /** Ends the growth of the tail, which counts no longer. */
    void drop() {
        dropped = true;
    }

    /** True when the tail has all events of the range, at its head. */
    boolean covers(Range range) {
        return switch (range) {
            case Range.Before before ->
                whole || items.size() - after(before.seq() - 1).size() >= before.limit();
            case Range.After after -> placeOf(after.seq()) != null;
            case Range.Around around -> false;
            case Range.From from -> false;
        };
    }

    /** The page as this user sees it; empty when the tail does not have it. */
    Optional<HistoryPage> page(UserId viewer, Range range) {
        if (!covers(range)) {
            return Optional.empty();
        }
        HistoryPage known = pages.get(range);
        HistoryPage shared = known == null ? shared(range) : known;
        if (tallied.isEmpty()) {
            return Optional.of(shared);
        }
        List<HistoryPage.Item> own = new ArrayList<>(shared.items());
        boolean differs = false;
        for (int i = 0; i < own.size(); i++) {
            Event event = own.get(i).event();
            Tallied tallies = tallied.get(event.seq());
            if (tallies != null && tallies.users().contains(viewer)) {
                differs = true;
                own.set(i, new HistoryPage.Item(seenBy(viewer, event, tallies), Encoded.ofOneReader()));
            } else if (tallies != null && tallies.cut()) {
                return Optional.empty();
            }
        }
        return Optional.of(differs ? page(shared.page(), own, Encoded.ofOneReader(), Encoded.ofOneReader()) : shared);
    }

    private HistoryPage shared(Range range) {
        HistoryPage page = switch (range) {
            case Range.Before before -> {
                List<HistoryPage.Item> earlier =
                        items.subList(0, items.size() - after(before.seq() - 1).size());
                yield page(
                        new EventPage(List.of(), head, null),
                        earlier.subList(Math.max(0, earlier.size() - before.limit()), earlier.size()),
                        new Encoded(this::reserve),
                        new Encoded(this::reserve));
            }
            case Range.After after -> {
                List<HistoryPage.Item> later = after(after.seq());
                yield page(
                        new EventPage(List.of(), head, placeOf(after.seq())),
                        later.subList(0, Math.min(after.limit(), later.size())),
                        new Encoded(this::reserve),
                        new Encoded(this::reserve));
            }
            case Range.Around around -> throw new IllegalArgumentException("around " + around.seq());
            case Range.From from -> throw new IllegalArgumentException("from " + from.at());
        };
        if (range.equals(Range.newest(range.limit())) && pages.size() < MAX_PAGES && reserve(EventSize.EVENT_BYTES)) {
            pages.put(range, page);
        }
        return page;
    }

    private static HistoryPage page(EventPage frame, List<HistoryPage.Item> items, Encoded json, Encoded gzip) {
        List<Event> events = items.stream().map(HistoryPage.Item::event).toList();
        return new HistoryPage(new EventPage(events, frame.head(), frame.after()), items, json, gzip);
    }

    /** The event at this seq, or the place before the first one; null when the tail does not know it. */
    private @Nullable Cursor placeOf(long seq) {
        // Only all events are a chain in which each names the one before.
        if (!(selection instanceof Selection.Events) || items.isEmpty()) {
            return null;
        }
        Event first = items.getFirst().event();
        if (seq == first.seq() - 1) {
            return first.before();
        }
        long index = seq - first.seq();
        return index < 0 || index >= items.size()
                ? null
                : items.get((int) index).event().cursor();
    }

    /** Items after this seq. */
    private List<HistoryPage.Item> after(long seq) {
        int first = items.size();
        while (first > 0 && items.get(first - 1).event().seq() > seq) {
            first--;
        }
        return items.subList(first, items.size());
    }

    /** An event as a user sees it who is in none of its tallies. */
    private HistoryPage.Item item(Event event) {
        Event shared = event;
        if (event.body() instanceof EventBody.Message message && message.state().hasTallies()) {
            Tallied tallies = new Tallied(
                    message, message.state().talliedUsers(), message.state().isCut());
            tallied.put(event.seq(), tallies);
            shared = withState(event, message, message.state().seenBy(null));
        }
        return new HistoryPage.Item(shared, new Encoded(this::reserve));
    }

    private static Event seenBy(UserId viewer, Event event, Tallied tallies) {
        return withState(event, tallies.message(), tallies.message().state().seenBy(viewer));
    }

    private static Event withState(Event event, EventBody.Message message, MessageState state) {
        return new Event(
                event.room(),
                event.seq(),
                event.stamp(),
                event.previous(),
                event.at(),
                event.sender(),
                message.in(state));
    }

    private boolean reserve(int more) {
        boolean fits = !dropped && bytes + more <= maxBytes;
        if (fits) {
            bytes += more;
            grown.accept(more);
        }
        return fits;
    }
}

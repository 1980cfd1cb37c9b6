package chat.parlance.room;

import chat.parlance.model.Event;
import java.util.List;

/**
 * Page of history as one reader sees it, with the encoded forms that it shares with other readers. Belongs to one event
 * loop.
 *
 * @param items the events of the page
 * @param json the whole page in JSON
 * @param gzip the same, compressed
 */
public record HistoryPage(EventPage page, List<Item> items, Encoded json, Encoded gzip) {

    /**
     * Event of a page.
     *
     * @param json the event in JSON
     */
    public record Item(Event event, Encoded json) {}

    public HistoryPage {
        items = List.copyOf(items);
    }

    /** Page that was read for one reader. */
    static HistoryPage ofOneReader(EventPage page) {
        return new HistoryPage(
                page,
                page.events().stream()
                        .map(event -> new Item(event, Encoded.ofOneReader()))
                        .toList(),
                Encoded.ofOneReader(),
                Encoded.ofOneReader());
    }
}

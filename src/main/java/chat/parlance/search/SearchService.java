package chat.parlance.search;

import chat.parlance.error.ChatException;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.HitPage;
import chat.parlance.model.SearchHit;
import chat.parlance.model.TextRange;
import chat.parlance.model.UserId;
import chat.parlance.search.SearchIndex.Found;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers searches. May be used from any event loop. */
public final class SearchService {

    /** Limit of the texts read for one page, in UTF-16 code units; a page of longer texts is shorter. */
    private static final int MAX_PAGE_CHARS = 256 * 1024;

    private final SearchIndex index;
    private final WordForms forms;
    private final int pageLimit;

    public SearchService(SearchIndex index, SearchSettings settings) {
        this.index = index;
        this.forms = new WordForms(settings.languages());
        this.pageLimit = settings.pageLimit();
    }

    /**
     * Searches the rooms of which {@code caller} is a member; other rooms are treated as missing.
     *
     * @param typed the query, as docs/PROTOCOL.md describes it
     * @param limit at least 1
     * @param page the token of an earlier answer, null for the first page
     * @throws ChatException {@code bad_request} for a malformed query or token
     */
    public Future<HitPage> search(UserId caller, String typed, QueryOptions options, int limit, @Nullable String page) {
        if (limit < 1) {
            throw ChatException.badRequest("The limit is at least 1");
        }
        SearchQuery query = SearchQuery.parse(typed, forms, options);
        SearchPosition before = page == null ? null : SearchPosition.of(page);
        int size = Math.min(limit, pageLimit);
        return index.find(caller, query, before, size + 1).map(found -> page(query, found, size));
    }

    private static HitPage page(SearchQuery query, List<Found> found, int size) {
        List<SearchHit> hits = new ArrayList<>(size);
        int chars = 0;
        int looked = 0;
        while (looked < Math.min(size, found.size()) && chars < MAX_PAGE_CHARS) {
            Event message = found.get(looked).message();
            if (message.body() instanceof EventBody.Message body && body.text() != null) {
                chars += body.text().length();
                // The index is slightly behind: a message that was edited since is matched and shown with its present
                // text.
                Optional<List<TextRange>> ranges = query.in(body);
                if (ranges.isPresent()) {
                    hits.add(hit(message, body, Excerpt.of(body.text(), ranges.get())));
                }
            }
            looked++;
        }
        return new HitPage(
                hits, looked < found.size() ? found.get(looked - 1).position().token() : null, query.filters());
    }

    private static SearchHit hit(Event message, EventBody.Message body, Excerpt excerpt) {
        Event shown = new Event(
                message.room(),
                message.seq(),
                message.stamp(),
                message.previous(),
                message.at(),
                message.sender(),
                new EventBody.Message(
                        body.id(),
                        excerpt.text(),
                        body.replyTo(),
                        body.alsoToRoom(),
                        body.thread(),
                        body.mentions(),
                        body.poll(),
                        body.state()));
        return new SearchHit(shown, excerpt.cut(), excerpt.ranges());
    }
}

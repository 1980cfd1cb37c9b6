package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hits, newest first.
 *
 * @param next the token of the next page, null when this is the last; a page may be short and not be the last
 * @param filters of the query, as the search read them
 */
public record HitPage(List<SearchHit> hits, @Nullable String next, List<SearchFilter> filters) {

    public HitPage {
        hits = List.copyOf(hits);
        filters = List.copyOf(filters);
    }
}

package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hits, newest first.
 *
 * @param next the token of the next page, null when this is the last; a page may be short and not be the last
 */
public record HitPage(List<Hit> hits, @Nullable String next) {

    public HitPage {
        hits = List.copyOf(hits);
    }
}

package chat.parlance.model;

import java.util.List;

/**
 * A hit of a search.
 *
 * @param message in its present state; the text of a long one is cut to the part around the first match
 * @param excerpt true when the text is such a part
 * @param ranges matches in that text, rising and disjoint
 */
public record SearchHit(Event message, boolean excerpt, List<TextRange> ranges) {

    public SearchHit {
        ranges = List.copyOf(ranges);
    }
}

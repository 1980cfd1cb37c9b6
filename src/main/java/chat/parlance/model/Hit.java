package chat.parlance.model;

import java.util.List;

/**
 * A message that was found.
 *
 * @param message as it is now; of a long one the text is the part around what was found
 * @param excerpt whether the text is such a part
 * @param ranges what was found in that text, rising and apart from each other
 */
public record Hit(Event message, boolean excerpt, List<TextRange> ranges) {

    public Hit {
        ranges = List.copyOf(ranges);
    }
}

package chat.parlance.search;

import chat.parlance.model.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Shown part of a text: all of it, or for a long one the part around the first match.
 *
 * @param cut true when it is a part
 * @param ranges of {@code text}, rising and disjoint
 */
public record Excerpt(String text, boolean cut, List<TextRange> ranges) {

    /** The longest text that is shown whole, in UTF-16 code units; an excerpt is as long. */
    public static final int MAX_LENGTH = 500;

    /** Length shown before the first match. */
    private static final int LEAD = 100;

    public Excerpt {
        ranges = List.copyOf(ranges);
    }

    static Excerpt of(String text, List<TextRange> ranges) {
        if (text.length() <= MAX_LENGTH) {
            return new Excerpt(text, false, ranges);
        }
        int first = ranges.isEmpty() ? 0 : ranges.getFirst().start();
        int start = wholeCharacter(text, Math.max(0, Math.min(first - LEAD, text.length() - MAX_LENGTH)));
        int end = wholeCharacter(text, start + MAX_LENGTH);
        List<TextRange> shown = ranges.stream()
                .filter(range -> range.start() < end && range.end() > start)
                .map(range -> new TextRange(Math.max(range.start(), start) - start, Math.min(range.end(), end) - start))
                .toList();
        return new Excerpt(text.substring(start, end), true, shown);
    }

    /** Sorts ranges and merges overlapping ones. */
    static List<TextRange> joined(List<TextRange> ranges) {
        List<TextRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(TextRange::start));
        List<TextRange> joined = new ArrayList<>(sorted.size());
        for (TextRange range : sorted) {
            if (!joined.isEmpty() && range.start() < joined.getLast().end()) {
                TextRange last = joined.removeLast();
                joined.add(new TextRange(last.start(), Math.max(last.end(), range.end())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    /** Moves an index out of a surrogate pair. */
    private static int wholeCharacter(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}

package chat.parlance.lines;

import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.SearchHit;
import chat.parlance.model.TextRange;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Hits of a search as text, for a person at a terminal. Times are UTC. */
public final class HitLines {

    private static final DateTimeFormatter DAY_AND_MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private HitLines() {}

    /** One line a hit: {@code room [seq] YYYY-MM-DD HH:MM sender: text}, the matches between stars. */
    public static TerminalText of(List<SearchHit> hits) {
        return TerminalText.lines(hits.stream().map(HitLines::line).toList());
    }

    private static TerminalText line(SearchHit hit) {
        Event message = hit.message();
        return TerminalText.of(
                "%s [%s] %s %s: %s",
                message.room(), message.seq(), DAY_AND_MINUTE.format(message.at()), message.sender(), text(hit));
    }

    private static TerminalText text(SearchHit hit) {
        if (!(hit.message().body() instanceof EventBody.Message message) || message.text() == null) {
            return TerminalText.EMPTY;
        }
        StringBuilder text = new StringBuilder(message.text());
        for (TextRange range : hit.ranges().reversed()) {
            text.insert(range.end(), '*').insert(range.start(), '*');
        }
        return hit.excerpt() ? TerminalText.of("...%s...", text) : TerminalText.of("%s", text);
    }
}

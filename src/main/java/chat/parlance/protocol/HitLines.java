package chat.parlance.protocol;

import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.Hit;
import chat.parlance.model.TextRange;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** What a search found as text, for a person at a terminal. Times are UTC. */
public final class HitLines {

    private static final DateTimeFormatter DAY_AND_MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private HitLines() {}

    /** One line a hit: {@code room [seq] YYYY-MM-DD HH:MM sender: text}, what was found between stars. */
    public static String of(List<Hit> hits) {
        return hits.stream().map(HitLines::line).collect(Collectors.joining("\n"));
    }

    private static String line(Hit hit) {
        Event message = hit.message();
        return message.room() + " [" + message.seq() + "] " + DAY_AND_MINUTE.format(message.at()) + " "
                + message.sender() + ": " + LineCodec.printable(text(hit));
    }

    private static String text(Hit hit) {
        if (!(hit.message().body() instanceof EventBody.Message message) || message.text() == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(message.text());
        for (TextRange range : hit.ranges().reversed()) {
            text.insert(range.end(), '*').insert(range.start(), '*');
        }
        return hit.excerpt() ? "..." + text + "..." : text.toString();
    }
}

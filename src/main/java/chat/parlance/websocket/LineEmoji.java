package chat.parlance.websocket;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The emoji that have a name for a terminal on which they are hard to type; the names are those of Slack and GitHub. */
final class LineEmoji {

    private static final Map<String, String> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry("+1", "👍"),
            Map.entry("-1", "👎"),
            Map.entry("heart", "❤️"),
            Map.entry("smile", "😄"),
            Map.entry("joy", "😂"),
            Map.entry("cry", "😢"),
            Map.entry("thinking", "🤔"),
            Map.entry("tada", "🎉"),
            Map.entry("eyes", "👀"),
            Map.entry("pray", "🙏"),
            Map.entry("wave", "👋"),
            Map.entry("fire", "🔥"),
            Map.entry("rocket", "🚀"),
            Map.entry("check", "✅"),
            Map.entry("x", "❌")));

    private LineEmoji() {}

    /** The emoji of a name in any case, which may stand between colons; anything else as it is. */
    static String of(String typed) {
        return NAMES.getOrDefault(LineCommand.key(typed.replaceFirst("^:(.+):$", "$1")), typed);
    }

    static List<String> names() {
        return List.copyOf(NAMES.keySet());
    }
}

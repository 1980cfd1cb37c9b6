package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Poll that a message carries; the text of the message is the question.
 *
 * @param options the answers, each once. Votes name them by their text, so that a vote can be read without its poll
 * @param multiple true when a member may vote for several options
 */
public record Poll(List<String> options, boolean multiple) {

    public static final int MIN_OPTIONS = 2;
    public static final int MAX_OPTIONS = 10;
    public static final int MAX_OPTION_CHARS = 100;

    /** Limit of the options of a poll or a vote, in bytes of UTF-8. */
    public static final int MAX_BYTES = MAX_OPTIONS * MAX_OPTION_CHARS * 3;

    public Poll {
        options = List.copyOf(options);
    }

    /**
     * Poll with the options as they are stored, null for a message without any.
     *
     * @throws ChatException with {@code bad_request} when the message has no options and allows several
     */
    public static @Nullable Poll of(List<String> options, boolean multiple) {
        if (options.isEmpty() && multiple) {
            throw ChatException.badRequest("A message without options is no poll; omit multiple");
        }
        return options.isEmpty() ? null : new Poll(options, multiple);
    }

    /** Options as they are stored: without blanks at their ends. */
    public static List<String> stored(List<String> options) {
        return options.stream().map(Poll::stored).toList();
    }

    /** @throws ChatException with {@code bad_request} for options that a new poll cannot have */
    public void check() {
        if (options.size() < MIN_OPTIONS) {
            throw ChatException.badRequest("A poll has at least " + MIN_OPTIONS + " options");
        }
        check(options);
    }

    /**
     * Checks the options of a poll, or of a vote, which may have none.
     *
     * @throws ChatException with {@code bad_request}
     */
    public static void check(List<String> options) {
        if (options.size() > MAX_OPTIONS) {
            throw ChatException.badRequest("There are more than " + MAX_OPTIONS + " options");
        }
        if (options.stream().distinct().count() < options.size()) {
            throw ChatException.badRequest("An option is given twice");
        }
        if (!options.equals(stored(options))) {
            throw ChatException.badRequest("An option is not in its stored form");
        }
    }

    private static String stored(String option) {
        String line = TextRules.line("option", option, MAX_OPTION_CHARS);
        if (line.isEmpty()) {
            throw ChatException.badRequest("An option is empty");
        }
        return line;
    }
}

package chat.parlance.websocket;

import chat.parlance.protocol.TerminalText;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One command of line mode; {@link LineCommands} has them all.
 *
 * @param name what calls it, after the slash
 * @param parameters what follows the name
 * @param summary what it does, in a few words
 * @param example a line that calls it
 */
record LineCommand(String name, List<Parameter> parameters, String summary, String example, Action action) {

    /**
     * Action of a command. It completes when the next line of the person may take effect, with the text that answers the line:
     * an empty one where an event or frame tells the person.
     */
    @FunctionalInterface
    interface Action {
        Future<TerminalText> run(LineSession session, LineArguments arguments);
    }

    /**
     * One word that follows the name.
     *
     * @param optional whether it may be missing
     * @param rest whether it takes all the rest of the line
     */
    record Parameter(String name, boolean optional, boolean rest) {

        private static final Set<String> PASSWORDS = Set.of("PASSWORD", "OLD", "NEW");

        /** Reads {@code NAME}, {@code [NAME]}, {@code NAME...} or {@code [NAME...]}. */
        private static Parameter of(String shown) {
            boolean optional = shown.startsWith("[");
            String bare = optional ? shown.substring(1, shown.length() - 1) : shown;
            boolean rest = bare.endsWith("...");
            return new Parameter(rest ? bare.substring(0, bare.length() - 3) : bare, optional, rest);
        }

        /** True for a password, of which a single quotation mark is a part like any other sign. */
        boolean isPassword() {
            return PASSWORDS.contains(name);
        }

        private String shown() {
            String bare = rest ? name + "..." : name;
            return optional ? "[" + bare + "]" : bare;
        }
    }

    LineCommand {
        parameters = List.copyOf(parameters);
    }

    /** @param usage the name and the parameters as {@link #usage} shows them, without the slash */
    static LineCommand of(String usage, String summary, String example, Action action) {
        List<String> words = List.of(usage.split(" "));
        List<Parameter> parameters = words.stream().skip(1).map(Parameter::of).toList();
        return new LineCommand(words.getFirst(), parameters, summary, example, action);
    }

    /** How it is typed, such as {@code /join ROOM [SINCE]}. */
    String usage() {
        return Stream.concat(Stream.of("/" + name), parameters.stream().map(Parameter::shown))
                .reduce((one, next) -> one + " " + next)
                .orElseThrow();
    }

    /** The key under which a typed name is looked up. */
    static String key(String typed) {
        return typed.toLowerCase(Locale.ROOT);
    }
}

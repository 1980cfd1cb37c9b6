package chat.parlance.lines;

import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One command of line mode; {@link LineCommands} lists all.
 *
 * @param name name of the command, without the slash
 * @param parameters parameters after the name
 * @param summary its effect, in a few words
 * @param example a line that calls it
 */
record LineCommand(String name, List<Parameter> parameters, String summary, String example, Action action) {

    /**
     * Action of a command. It completes when the person's next line may take effect, with the text that answers the
     * line: an empty one if an event or frame is the answer.
     */
    @FunctionalInterface
    interface Action {
        Future<TerminalText> run(LineSession session, LineArguments arguments);
    }

    /**
     * One parameter.
     *
     * @param optional true when it may be missing
     * @param rest true when it takes the whole rest of the line
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

        /** True for a password, in which a single quotation mark is an ordinary character. */
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

    /** Usage, such as {@code /join ROOM [SINCE]}. */
    String usage() {
        return Stream.concat(Stream.of("/" + name), parameters.stream().map(Parameter::shown))
                .reduce((one, next) -> one + " " + next)
                .orElseThrow();
    }

    /** Key for the lookup of a typed name. */
    static String key(String typed) {
        return typed.toLowerCase(Locale.ROOT);
    }
}

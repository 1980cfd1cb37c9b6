package chat.parlance.lines;

import chat.parlance.error.ChatException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random texts after the names of commands, with the parameters that line mode reads in them, for the page to read too.
 */
final class CommandTexts {

    private static final int TEXTS_OF_COMMAND = 60;
    private static final int MAX_WORDS = 5;

    private static final List<String> WORDS = List.of(
            "bob",
            "@bob",
            "#garden",
            "last",
            "LAST",
            "12",
            "#12",
            "[12]",
            "12345678901234567",
            "x12",
            "public",
            "admin",
            "\"",
            "'",
            "“",
            "”",
            "„",
            "«",
            "»",
            "‹",
            "「",
            "」",
            "｢",
            "‘",
            "’",
            "＂",
            "〞",
            "❝",
            "❜",
            "\"a b\"",
            "“a b”",
            "'a b'",
            "‘a’",
            "«a”",
            "\"\"",
            "“ ”",
            "a\"b",
            "🍅",
            "é",
            "-",
            "//",
            "\u200b",
            "\ufeff");

    private static final List<String> GAPS =
            List.of(" ", " ", " ", "  ", "\t", "\n", "\u00a0", "\u3000", "\u2028", "\u0085", "");

    private CommandTexts() {}

    static List<Map<String, Object>> next(long seed) {
        Random random = new Random(seed);
        return LineCommands.TABLE.stream()
                .flatMap(command -> IntStream.range(0, TEXTS_OF_COMMAND).mapToObj(text -> read(command, typed(random))))
                .toList();
    }

    private static String typed(Random random) {
        return Stream.generate(() -> one(GAPS, random) + one(WORDS, random))
                        .limit(random.nextInt(MAX_WORDS))
                        .collect(Collectors.joining())
                + one(GAPS, random);
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** Parameters that line mode reads: the words, and the last of them as a password or name; or the refusal. */
    private static Map<String, Object> read(LineCommand command, String typed) {
        Map<String, Object> text = new HashMap<>(Map.of("command", command.name(), "typed", typed));
        try {
            LineArguments arguments = new LineArguments(command, typed);
            Map<String, Object> values = new HashMap<>();
            command.parameters()
                    .forEach(parameter ->
                            arguments.find(parameter.name()).ifPresent(value -> values.put(parameter.name(), value)));
            text.put("values", values);
            text.put("last", last(command, arguments));
        } catch (ChatException refused) {
            text.put("error", refused.detail());
        }
        return text;
    }

    private static Map<String, Object> last(LineCommand command, LineArguments arguments) {
        Map<String, Object> last = new HashMap<>();
        List<LineCommand.Parameter> parameters = command.parameters();
        if (!parameters.isEmpty()
                && parameters.getLast().rest()
                && arguments.find(parameters.getLast().name()).isPresent()) {
            String name = parameters.getLast().name();
            last.put("unquoted", arguments.unquoted(name));
            last.put("name", arguments.findName(name).orElse(null));
        }
        if (!parameters.isEmpty() && parameters.getFirst().name().equals("MESSAGE")) {
            var message = arguments.message();
            last.put("message", message.isPresent() ? message.getAsLong() : null);
        }
        return last;
    }
}

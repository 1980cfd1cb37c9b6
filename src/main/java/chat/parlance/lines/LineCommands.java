package chat.parlance.lines;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Commands of line mode, and their help. */
final class LineCommands {

    /** All commands, in the order of the help. */
    static final List<LineCommand> TABLE = Stream.of(
                    AccountCommands.TABLE,
                    RoomCommands.TABLE,
                    PreferenceCommands.TABLE,
                    SettingCommands.TABLE,
                    MemberCommands.TABLE,
                    MessageCommands.TABLE,
                    PollCommands.TABLE,
                    ThreadCommands.TABLE,
                    SavedCommands.TABLE,
                    HistoryCommands.TABLE,
                    List.of(LineCommand.of(
                            "help [COMMAND]",
                            "list the commands, or explain one",
                            "/help edit",
                            (session, arguments) -> Future.succeededFuture(
                                    help(arguments.find("COMMAND").orElse(null))))))
            .flatMap(List::stream)
            .toList();

    /** Aliases, from IRC and from the first terminal client. */
    static final Map<String, String> ALIASES =
            Map.of("part", "leave", "exitroom", "leave", "query", "msg", "names", "who", "commands", "help");

    private static final Map<String, LineCommand> BY_NAME =
            TABLE.stream().collect(Collectors.toUnmodifiableMap(LineCommand::name, Function.identity()));

    private static final int USAGE_WIDTH =
            TABLE.stream().mapToInt(command -> command.usage().length()).max().orElseThrow();

    private LineCommands() {}

    /**
     * Finds a command by its name in any case.
     *
     * @throws ChatException {@code frame.unknown}, with the existing names
     */
    static LineCommand require(String name) {
        String key = LineCommand.key(name);
        LineCommand command = BY_NAME.get(ALIASES.getOrDefault(key, key));
        if (command == null) {
            String names =
                    TABLE.stream().map(known -> "/" + known.name()).sorted().collect(Collectors.joining(" "));
            throw new ChatException(
                    ErrorCode.FRAME_UNKNOWN,
                    "No such command: /" + LineArguments.quoted(name) + ". There are " + names
                            + "; /help explains them");
        }
        return command;
    }

    private static TerminalText help(@Nullable String name) {
        return name == null ? list() : explain(require(name.startsWith("/") ? name.substring(1) : name));
    }

    private static TerminalText list() {
        List<TerminalText> lines = new ArrayList<>();
        for (LineCommand command : TABLE) {
            String padding = " ".repeat(USAGE_WIDTH - command.usage().length());
            lines.add(TerminalText.of("%s%s  %s", command.usage(), padding, command.summary()));
        }
        lines.add(TerminalText.of("Anything else is said in the room; // at the beginning says a slash."));
        lines.add(TerminalText.of(
                "A MESSAGE is the number its line shows, or last: your own last one for /edit and /delete."));
        lines.add(TerminalText.of("An EMOJI is an emoji, or its name, such as tada or :+1:; /emoji TEXT finds names."));
        lines.add(TerminalText.of("In what you say, :tada: becomes its emoji, but not in `code`."));
        return TerminalText.lines(lines);
    }

    private static TerminalText explain(LineCommand command) {
        return TerminalText.of("%s\n    %s\n    Example: %s", command.usage(), command.summary(), command.example());
    }
}

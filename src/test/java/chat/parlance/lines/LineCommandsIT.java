package chat.parlance.lines;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.NodeJs;
import chat.parlance.testing.Terminal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of line mode, typed at a node. */
final class LineCommandsIT {

    private static final long SEED = 16;

    private static final Map<String, Consumer<LineScene>> SCRIPTS = Stream.of(
                    AccountScripts.ALL, RoomScripts.ALL, MessageScripts.ALL)
            .flatMap(scripts -> scripts.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** The page has a table of its own, which is this one, and reads what follows a name in the same way. */
    @Test
    void shouldBeCarriedOutByThePageToo() {
        List<Map<String, Object>> table = LineCommands.TABLE.stream()
                .map(command -> Map.<String, Object>of(
                        "usage", command.usage(),
                        "summary", command.summary(),
                        "example", command.example(),
                        "takesPassword", command.parameters().stream().anyMatch(LineCommand.Parameter::isPassword)))
                .toList();
        Map<String, Object> input =
                Map.of("table", table, "aliases", LineCommands.ALIASES, "texts", CommandTexts.next(SEED));
        assertThat(NodeJs.runTests("commands.test.mjs", input)).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldDoWhatItsHelpSays(String name) {
        String room = "line-room-" + name;
        LineScene.ALICE.post("/rooms", Map.of("roomId", room));
        try (Terminal alice = Terminal.in(room, LineScene.ALICE);
                Terminal bob = Terminal.in(room, LineScene.BOB)) {
            alice.sees("[2]");
            bob.sees("[2]");
            SCRIPTS.get(name).accept(new LineScene(room, alice, bob));
        }
    }

    @Test
    void shouldLetNobodyDoWhatOnlyAUserMay() {
        List<String> open = List.of("register", "redeem", "login", "quit", "emoji", "help");
        try (Terminal nobody = Terminal.open()) {
            LineCommands.TABLE.stream()
                    .filter(command -> !open.contains(command.name()))
                    .forEach(command -> nobody.ask(command.example(), "! ", "(auth.required)"));
        }
    }

    @Test
    void shouldSayASlashThatIsDoubled() {
        LineScene.ALICE.post("/rooms", Map.of("roomId", "line-slash"));
        try (Terminal alice = Terminal.in("line-slash", LineScene.ALICE)) {
            alice.ask("//etc/passwd", "line-alice: /etc/passwd");
            alice.ask("/ etc", "! No such command: /.");
        }
    }

    static List<String> names() {
        return LineCommands.TABLE.stream().map(LineCommand::name).toList();
    }
}

package chat.parlance.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.testing.Documents;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Table of commands, and the parsing of their parameters. */
final class LineCommandsTest {

    @Test
    void shouldDocumentEveryCommandAsItIs() {
        List<String> rows = Documents.read("docs/PROTOCOL.md")
                .lines()
                .filter(line -> line.startsWith("| `/") && line.endsWith("` |"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(LineCommands.TABLE.stream()
                        .map(command -> "| `%s` | %s | `%s` |"
                                .formatted(
                                        command.usage(),
                                        command.summary(),
                                        command.example().replace("|", "\\|")))
                        .toList());
    }

    @Test
    void shouldHaveEveryCommandInTheTableOfScopesOnce() {
        assertThat(LineCommands.TABLE.stream().map(LineCommand::name))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(CommandScopes.FREE.stream(), CommandScopes.OPERATIONS.keySet().stream())
                                .toList());
    }

    @Test
    void shouldNameNoCommandTwice() {
        assertThat(Stream.concat(
                        LineCommands.TABLE.stream().map(LineCommand::name), LineCommands.ALIASES.keySet().stream()))
                .doesNotHaveDuplicates();
        assertThat(LineCommands.ALIASES.values()).allSatisfy(LineCommands::require);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldReadItsOwnExample(LineCommand command) {
        String[] words = command.example().split(" ", 2);
        assertThat(words[0]).isEqualTo("/" + command.name());
        LineArguments read = new LineArguments(command, words.length == 2 ? words[1] : "");
        assertThat(command.parameters())
                .filteredOn(parameter -> !parameter.optional())
                .allSatisfy(parameter -> assertThat(read.find(parameter.name())).isPresent());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldAnswerTooFewWordsWithTheUsage(LineCommand command) {
        if (command.parameters().stream().allMatch(LineCommand.Parameter::optional)) {
            assertThat(new LineArguments(command, "  ").find("TEXT")).isEmpty();
        } else {
            refused(
                    command,
                    "",
                    "/" + command.name() + " needs "
                            + command.parameters().getFirst().name());
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldAnswerTooManyWordsWithTheUsage(LineCommand command) {
        String tooMany = " w".repeat(command.parameters().size() + 1);
        if (command.parameters().stream().anyMatch(LineCommand.Parameter::rest)) {
            String last = command.parameters().getLast().name();
            assertThat(new LineArguments(command, tooMany).text(last)).isEqualTo("w w");
        } else {
            refused(command, tooMany, "/" + command.name() + " takes fewer words");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "#12", "[12]"})
    void shouldTakeAMessageAsALineShowsIt(String typed) {
        assertThat(new LineArguments(LineCommands.require("pin"), typed).message())
                .isEqualTo(OptionalLong.of(12));
    }

    @Test
    void shouldTakeTheLastMessage() {
        assertThat(new LineArguments(LineCommands.require("pin"), "LAST").message())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "-1", "1.5", "#", "[]", "[12", "9999999999999999999"})
    void shouldRefuseAMalformedMessageNumber(String typed) {
        LineCommand pin = LineCommands.require("pin");
        assertThatThrownBy(() -> new LineArguments(pin, typed).message())
                .hasMessage(typed + " is no number of a message. Usage: /pin MESSAGE");
    }

    @ParameterizedTest
    @CsvSource({
        "+1, 👍",
        ":tada:, 🎉",
        "TADA, 🎉",
        "check, ✅",
        ":rainbow-flag:, 🏳️‍🌈",
        ":wave::skin-tone-4:, 👋🏽",
        "wave_tone3, 👋🏽",
        "🦔, 🦔"
    })
    void shouldTakeAnEmojiOrItsName(String typed, String emoji) {
        assertThat(new LineArguments(LineCommands.require("react"), "1 " + typed).emoji())
                .isEqualTo(emoji);
    }

    @Test
    void shouldRefuseAMalformedEmojiRoleUserOrRoomId() {
        assertThatThrownBy(() -> new LineArguments(LineCommands.require("react"), "1 tomatoe").emoji())
                .hasMessage("That is not one emoji. Usage: /react MESSAGE EMOJI");
        assertThatThrownBy(() -> new LineArguments(LineCommands.require("role"), "bob king").role())
                .hasMessage("A role is owner, admin or member. Usage: /role USER ROLE");
        assertThatThrownBy(() -> new LineArguments(LineCommands.require("kick"), "Bob!").user())
                .hasMessageStartingWith("A user id has")
                .hasMessageEndingWith(". Usage: /kick USER");
        assertThatThrownBy(() -> new LineArguments(LineCommands.require("create"), "dm-1").newRoom())
                .hasMessage("A room id does not begin with dm-. Usage: /create ROOM [VISIBILITY]");
    }

    @Test
    void shouldKeepAQuotedTextTogether() {
        LineArguments read = new LineArguments(LineCommands.require("password"), "\"a b c\"  d \"e\" f");
        assertThat(read.text("OLD")).isEqualTo("a b c");
        assertThat(read.text("NEW")).isEqualTo("d \"e\" f");
        assertThat(new LineArguments(LineCommands.require("search"), "\"a b\" c").text("QUERY"))
                .isEqualTo("\"a b\" c");
    }

    /** A line, a parameter, and its value; null for a missing one. */
    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("kick", "\"bob\"", "USER", "bob"),
                Arguments.of("react", "last \"👍\"", "EMOJI", "👍"),
                Arguments.of("register", "joe \"spaced out words\"", "PASSWORD", "spaced out words"),
                Arguments.of("register", "joe \"spaced out words\"", "NAME", null),
                Arguments.of("register", "joe \"pass word\" Joe \"the\" Plumber", "NAME", "Joe \"the\" Plumber"),
                Arguments.of("register", "joe \"\"quoted\"\"", "PASSWORD", "\"quoted\""),
                Arguments.of("register", "joe \"in\"side\" Joe", "PASSWORD", "in\"side"),
                Arguments.of("register", "\"joe\"\t\"pass\u3000word\"\u00a0Joe", "NAME", "Joe"),
                Arguments.of("password", "\"an old one\" new", "OLD", "an old one"),
                Arguments.of("role", "\u3000bob\u00a0\tadmin", "ROLE", "admin"),
                Arguments.of("kick", "“bob”", "USER", "bob"),
                Arguments.of("kick", "„bob“", "USER", "bob"),
                Arguments.of("kick", "«bob»", "USER", "bob"),
                Arguments.of("kick", "‘@bob’", "USER", "@bob"),
                Arguments.of("join", "“garden” 42", "SINCE", "42"),
                Arguments.of("join", "「#garden」", "ROOM", "#garden"),
                Arguments.of("help", "“kick\"", "COMMAND", "kick"),
                Arguments.of("role", "„bob” ”admin”", "ROLE", "admin"),
                Arguments.of("register", "joe “pass word” Joe", "PASSWORD", "pass word"),
                Arguments.of("register", "joe 'apostrophes' Joe", "PASSWORD", "'apostrophes'"),
                Arguments.of("password", "‘old’ new", "OLD", "‘old’"),
                Arguments.of("react", "last “👍”", "EMOJI", "👍"),
                Arguments.of("reply", "“last” “So do I”", "TEXT", "“So do I”"),
                Arguments.of("msg", "“bob” “So do I”", "TEXT", "“So do I”"),
                Arguments.of("search", "“green tomatoes”", "QUERY", "“green tomatoes”"),
                Arguments.of("create", "\"\" private", "VISIBILITY", "private"),
                Arguments.of("history", "\"\"", "BEFORE", null));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldReadWordsAsTheyAreQuotedAndParted(String name, String typed, String parameter, @Nullable String value) {
        LineCommand command = LineCommands.require(name);
        if (typed.startsWith("\"\" ")) {
            refused(command, typed, "/create needs ROOM");
        } else {
            assertThat(new LineArguments(command, typed).find(parameter)).isEqualTo(Optional.ofNullable(value));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        secret words    | secret words
        'secret "words"'| 'secret "words"'
        '"secret words"'| secret words
        '""secret""'    | '"secret"'
        '"a" "b"'       | '"a" "b"'
        '"secret'       | '"secret'
        '""'            | '""'
        “secret words”  | secret words
        «secret words»  | secret words
        „secret words“  | secret words
        “secret         | “secret
        ‘secret’        | ‘secret’
        """)
    void shouldTakeALastPasswordWithOrWithoutQuotationMarks(String typed, String password) {
        assertThat(new LineArguments(LineCommands.require("login"), "joe " + typed).unquoted("PASSWORD"))
                .isEqualTo(password);
    }

    /** Names of users and rooms, topics, descriptions, and search texts for names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        The Garden              | The Garden
        "The Garden"            | The Garden
        “The Garden”            | The Garden
        „The Garden“            | The Garden
        ”The Garden”            | The Garden
        «The Garden»            | The Garden
        「The Garden」            | The Garden
        ‘The Garden’            | The Garden
        “ The Garden ”          | The Garden
        “The” Garden            | “The” Garden
        “The” “Garden”          | “The” “Garden”
        The “Garden”            | The “Garden”
        'n Garden               | 'n Garden
        “-”                     | -
        """)
    void shouldTakeANameWithOrWithoutQuotationMarks(String typed, String name) {
        for (String command : List.of("rename", "topic", "describe", "find", "rooms")) {
            assertThat(new LineArguments(LineCommands.require(command), typed)
                            .findName("TEXT")
                            .map(String::strip))
                    .as(command)
                    .contains(name);
        }
        assertThat(new LineArguments(LineCommands.require("register"), "joe secret " + typed)
                        .findName("NAME")
                        .map(String::strip))
                .contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "“”", "«»", "‘’", "“ ”", "\"\u00a0\u3000\"", "“\t”"})
    void shouldTakeABlankNameForAMissingOne(String typed) {
        assertThat(new LineArguments(LineCommands.require("register"), "joe secret " + typed).findName("NAME"))
                .isEmpty();
        assertThat(new LineArguments(LineCommands.require("topic"), typed).findName("TEXT"))
                .isEmpty();
        LineCommand rename = LineCommands.require("rename");
        assertThatThrownBy(() -> new LineArguments(rename, typed).name("TEXT"))
                .hasMessage("/rename needs TEXT. Usage: /rename TEXT...");
    }

    @Test
    void shouldRefuseANameWithAnUnclosedQuotation() {
        LineArguments rename = new LineArguments(LineCommands.require("rename"), "“The Garden");
        assertThatThrownBy(() -> rename.name("TEXT"))
                .hasMessage("TEXT has no closing quotation mark. Usage: /rename TEXT...");
    }

    @ParameterizedTest
    @CsvSource({
        "kick, '\"bob', USER has no closing quotation mark",
        "kick, “bob», USER has no closing quotation mark",
        "role, «bob admin, USER has no closing quotation mark",
        "register, 'joe \"spaced out', PASSWORD has no closing quotation mark",
        "password, '\"old\"new x', OLD has no closing quotation mark",
        "react, '1 \"👍\" \"', /react takes fewer words"
    })
    void shouldRefuseAnUnclosedQuotation(String name, String typed, String detail) {
        refused(LineCommands.require(name), typed, detail);
    }

    @Test
    void shouldQuoteNoMoreThanTheBeginningOfALongWord() {
        assertThatThrownBy(() -> LineCommands.require("x".repeat(16_000)))
                .hasMessageStartingWith("No such command: /" + "x".repeat(40) + ".... There are /accept ");
        assertThatThrownBy(() -> new LineArguments(LineCommands.require("pin"), "🍅".repeat(100)).message())
                .hasMessage("🍅".repeat(40) + "... is no number of a message. Usage: /pin MESSAGE");
    }

    @Test
    void shouldTakeNamesAsTheyAreMentioned() {
        assertThat(new LineArguments(LineCommands.require("kick"), "@bob").user())
                .hasToString("bob");
        assertThat(new LineArguments(LineCommands.require("join"), "#garden").room())
                .hasToString("garden");
    }

    @Test
    void shouldAnswerAnUnknownCommandWithThoseThatThereAre() {
        assertThatThrownBy(() -> LineCommands.require("dance\u001b"))
                .hasMessageStartingWith("No such command: /dance\u001b. There are /accept /answer /archive /arrivals ");
    }

    static List<LineCommand> commands() {
        return LineCommands.TABLE;
    }

    private static void refused(LineCommand command, String typed, String detail) {
        assertThatThrownBy(() -> new LineArguments(command, typed))
                .isInstanceOf(ChatException.class)
                .hasMessage(detail + ". Usage: " + command.usage());
    }
}

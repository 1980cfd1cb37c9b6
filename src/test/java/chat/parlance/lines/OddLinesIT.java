package chat.parlance.lines;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lines that no user types on purpose, and texts designed to harm a terminal. {@link Terminal} checks everything that
 * it receives.
 */
final class OddLinesIT {

    private static final String SHALOM = "\u05E9\u05DC\u05D5\u05DD";
    private static final String HOSTILE = "see \u202E you\u2066 \u001b[2J" + SHALOM
            + "\u2069 12\u2028[9] 10:00 odd-bob: yes" + "\u0336".repeat(50) + "\u200F";

    private static final List<String> ODD = List.of(
            "",
            " ",
            "\"",
            "\"\"",
            "\"a b\"",
            "\"a",
            "/",
            "-",
            "@",
            "#",
            "[]",
            "0",
            "-1",
            "99999999999999999999",
            "999999999999999999",
            "1 \"",
            "a\u0000b",
            "a\tb\tc",
            "\u202E\u2069",
            "\u00a0\u3000",
            "🍅 🍅",
            "👍".repeat(300),
            "last last last",
            "x".repeat(9_000));

    /** Commands that cost a password hash, or end what the others need. */
    private static final List<String> LEFT_OUT =
            List.of("register", "login", "password", "logout", "quit", "leave", "archive");

    /** Commands that end what the other lines need, and that need no argument. */
    private static final List<String> ENDING = List.of("logout", "quit", "leave", "archive");

    private static final Rest ALICE = Rest.logIn(TestNode.address(), "odd-alice");
    private static final Rest BOB = Rest.logIn(TestNode.address(), "odd-bob");

    @BeforeAll
    static void makeRooms() {
        ALICE.post("/rooms", Map.of("roomId", "odd-lines"));
        ALICE.post(
                "/rooms",
                Map.of("roomId", "odd-texts", "topic", SHALOM + " 12", "name", SHALOM, "description", HOSTILE));
        say(ALICE, "odd-texts-1", HOSTILE);
        BOB.send("PUT", "/rooms/odd-texts/members/odd-bob", null);
        say(BOB, "odd-texts-2", SHALOM + " \u202E found");
        say(BOB, "odd-texts-3", HOSTILE + " @odd-alice");
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("/", "! No such command: /."),
                Arguments.of("/ help", "! No such command: /."),
                Arguments.of("/\u00a0help", "! No such command: /."),
                Arguments.of("/help\u3000kick", "/kick USER"),
                Arguments.of("//", "odd-alice: /"),
                Arguments.of("///", "odd-alice: //"),
                Arguments.of("/me", "! /me needs TEXT. Usage: /me TEXT... (bad_request)"),
                Arguments.of("/" + "x".repeat(9_000), "! No such command: /" + "x".repeat(40) + "...."),
                Arguments.of("/\u202Edance", "! No such command: /dance."),
                Arguments.of("/" + SHALOM, "! \u2068No such command: /" + SHALOM + "."),
                Arguments.of("/pin 99999999999999999999", "! 99999999999999999999 is no number of a message."),
                Arguments.of("/pin " + SHALOM, "! \u2068" + SHALOM + " is no number of a message."),
                Arguments.of(
                        "/kick \"odd-bob", "! USER has no closing quotation mark. Usage: /kick USER (bad_request)"),
                Arguments.of("/kick \"odd-nobody\"", "(member.not_found)"),
                Arguments.of("a\u0000b", "! The text has a NUL character (bad_request)"),
                Arguments.of("a\tb", "odd-alice: a\tb"),
                Arguments.of("/react last :tomatoe:", "! That is not one emoji. Usage: /react MESSAGE EMOJI"),
                Arguments.of("/join \"odd-lines\"", "* You are in odd-lines."),
                Arguments.of("x".repeat(9_000), "! The text is longer than 8192 bytes (bad_request)"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldAnswerAnOddLine(String line, String answer) {
        try (Terminal alice = Terminal.in("odd-lines", ALICE)) {
            alice.ask(line, answer);
        }
    }

    /** Every command with every odd argument; an unforeseen answer would be {@code internal}. */
    @Test
    void shouldForeseeEveryArgument() {
        try (Terminal alice = Terminal.in("odd-lines", ALICE)) {
            for (LineCommand command : LineCommands.TABLE) {
                if (!LEFT_OUT.contains(command.name())) {
                    ODD.forEach(odd -> alice.type("/" + command.name() + " " + odd));
                    alice.type("/help marker-" + command.name());
                    assertThat(until(alice, "No such command: /marker-" + command.name()))
                            .as(command.name())
                            .noneMatch(text -> text.contains("(internal)"));
                    alice.ask("/join odd-lines", "* You are in odd-lines");
                }
            }
        }
    }

    /** Each command without arguments, at different times: the answer is never silence. */
    @Test
    void shouldAnswerEachCommandEachTime() {
        try (Terminal alice = Terminal.in("odd-lines", ALICE)) {
            Stream<String> lines = Stream.concat(
                    Stream.of("/msg odd-bob", "/msg “odd-bob”", "/msg", "/reply last", "/topic \u00a0", "/rename “”"),
                    LineCommands.TABLE.stream()
                            .map(LineCommand::name)
                            .filter(name -> !ENDING.contains(name))
                            .map(name -> "/" + name));
            lines.flatMap(line -> Stream.of(line, line)).forEach(line -> {
                alice.type(line);
                alice.type("/help marker");
                assertThat(until(alice, "No such command: /marker"))
                        .as(line)
                        .hasSizeGreaterThan(1)
                        .noneMatch(text -> text.contains("(internal)"));
            });
            alice.ask("/msg odd-bob", "* ");
            alice.ask("/msg odd-bob", "* You are already in the conversation with odd-bob. Usage: /msg USER [TEXT...]");
        }
    }

    /** Text of other users, by every command that shows it, live, and in the errors that quote it. */
    @Test
    void shouldShowHostileTextsSafely() {
        try (Terminal alice = Terminal.in("odd-texts", ALICE);
                Terminal bob = Terminal.in("odd-texts", BOB)) {
            String message = "see  you ·[2J" + SHALOM + " 12";
            alice.ask("/info", "\u2068" + SHALOM + " 12\u2069", "  about: \u2068" + message);
            alice.ask("/topic", "\u2068" + SHALOM + " 12\u2069");
            alice.ask("/rooms odd-texts", "\u2068" + SHALOM + " 12\u2069");
            alice.ask("/unread", "\u2068" + SHALOM + " 12\u2069");
            bob.ask("/pin last", "pinned");
            alice.ask("/pins", message, "\n    [9] 10:00 odd-bob: yes");
            alice.ask("/reply last " + HOSTILE, "(in thread [");
            bob.ask("/edit last " + HOSTILE, " to: \u2068" + message);
            bob.ask("/react last 👩\u200D💻", "put 👩\u200D💻 on [");
            alice.ask("/history", message);
            alice.ask("/show last", message);
            bob.ask(HOSTILE, "odd-bob: \u2068" + message);
            alice.sees("odd-bob: \u2068" + message);
            bob.ask("/msg odd-alice " + HOSTILE, "* odd-alice (direct");
            alice.sees("@odd-bob [");
            bob.askUntil("/search in:odd-texts " + SHALOM, "*" + SHALOM + "*");
            bob.ask("/find " + SHALOM, "* Nobody is called so.");
        }
    }

    private static List<String> until(Terminal terminal, String last) {
        List<String> texts = new ArrayList<>();
        do {
            texts.add(terminal.socket().awaitText());
        } while (!texts.getLast().contains(last));
        return texts;
    }

    private static void say(Rest user, String id, String text) {
        String body = new JsonObject(Map.of("id", id, "text", text)).encode();
        assertThat(user.send("POST", "/rooms/odd-texts/messages", body).statusCode())
                .isEqualTo(201);
    }
}

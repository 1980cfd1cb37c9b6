package chat.parlance.lines;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.RestoredRoom;
import chat.parlance.testing.Socket;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class LineModeIT {

    private static final String LINES = "ws://" + TestNode.address() + "/lines";

    @Test
    void shouldLetANewcomerRegisterChatAndReadHistory() {
        try (Terminal newcomer = Terminal.open();
                Terminal friend = Terminal.open()) {
            newcomer.sees("/login", "/register", "/help");
            newcomer.ask("hello?", "(auth.required)");
            newcomer.ask("/register line-1 sekrit-pass-9 Line One", "* You are line-1.");
            newcomer.ask("/create line-room", "* You are in line-room.");
            friend.ask("/register line-2 sekrit-pass-9", "* You are line-2.");
            friend.ask("/rooms line-room", "* line-room (public)");
            friend.type("/join line-room");
            newcomer.sees("* line-2 joined");
            newcomer.type("hi there");
            assertThat(friend.sees("hi there")).containsPattern("\\[3] \\d\\d:\\d\\d line-1: hi there");
            friend.ask("/who", "* line-1 (owner)", "* line-2 (member)");
            friend.ask("/history", "[1]", "hi there");
            friend.ask("/exitRoom", "* You left line-room.");
            newcomer.sees("* line-2 left");
            friend.ask("/logout", "logged out");
            friend.ask("/quit", "* Bye.");
            assertThat(friend.socket().awaitClose()).isEqualTo(1000);
        }
    }

    /** As when a pasted text has a line that disconnects. */
    @Test
    void shouldTakeNothingAfterALineThatEndsTheConnection() {
        Rest alice = Rest.logIn(TestNode.address(), "line-quits");
        alice.post("/rooms", Map.of("roomId", "line-quits"));
        try (Terminal terminal = Terminal.in("line-quits", alice)) {
            try {
                List.of("one", "two", "/quit", "three", "four").forEach(terminal::type);
            } catch (CompletionException closed) {
                // It was closed before everything was sent.
            }
            terminal.sees("* Bye.");
            assertThat(terminal.socket().awaitClose()).isEqualTo(1000);
        }
        assertThat(alice.get("/rooms/line-quits/messages").body())
                .contains("one", "two")
                .doesNotContain("three", "four");
    }

    /** A user who searches for a room finds it, or is told how to, however many others come before it. */
    @Test
    void shouldTellThatThereAreMoreRooms() {
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        for (int i = 0; i <= 100; i++) {
            alice.post("/rooms", Map.of("roomId", "line-many-" + i));
        }
        try (Terminal terminal = Terminal.of(alice)) {
            assertThat(terminal.ask("/rooms line-many", "* line-many-0")).doesNotContain("* line-many-99");
            terminal.sees("* There may be more; /rooms TEXT");
            terminal.ask("/rooms line-many-99", "* line-many-99 (public, owner)");
        }
    }

    /** The screen keeps its lines when a backup is restored, and a typed number means one of these lines. */
    @Test
    void shouldMeanTheMessageThatTheScreenShowsUnderItsNumber() throws SQLException {
        Rest alice = Rest.logIn(TestNode.address(), "line-shown");
        alice.post("/rooms", Map.of("roomId", "line-shown"));
        try (Terminal terminal = Terminal.in("line-shown", alice)) {
            terminal.ask("first", "[2]");
            terminal.ask("second", "[3]");
            RestoredRoom.replace("line-shown", 2);
            for (String line : List.of(
                    "/edit 2 changed",
                    "/delete #2",
                    "/react [2] tada",
                    "/unreact 2 tada",
                    "/pin 2",
                    "/unpin 2",
                    "/reply 2 what?",
                    "/read 2")) {
                terminal.ask(line, "! ", "(history.changed)");
            }
            terminal.ask("/read 3", "* You have read line-shown up to [3].");
            terminal.ask("/history", "another text", "[3]");
            terminal.ask("/edit [2] changed", "changed [2] to: changed");
        }
    }

    /** Numbers of one room have no meaning in the next. */
    @Test
    void shouldForgetTheLinesOfTheRoomBefore() {
        Rest alice = Rest.logIn(TestNode.address(), "line-shown");
        alice.post("/rooms", Map.of("roomId", "line-shown-1"));
        alice.post("/rooms", Map.of("roomId", "line-shown-2"));
        for (int i = 2; i <= 30; i++) {
            alice.post("/rooms/line-shown-2/messages", Map.of("id", "line-shown-2-" + i, "text", "text"));
        }
        try (Terminal terminal = Terminal.in("line-shown-1", alice)) {
            terminal.ask("first", "[2]");
            terminal.ask("/join line-shown-2", "* You are in line-shown-2.");
            terminal.sees("[30]");
            terminal.ask("/pin 2", "pinned [2]");
        }
    }

    /** Without ever having shown the line. */
    @Test
    void shouldTakeANumberThatTheScreenDoesNotShow() {
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        alice.post("/rooms", Map.of("roomId", "line-unseen"));
        for (int i = 2; i <= 30; i++) {
            alice.post("/rooms/line-unseen/messages", Map.of("id", "line-unseen-" + i, "text", "text"));
        }
        try (Terminal terminal = Terminal.in("line-unseen", alice)) {
            terminal.sees("[30]");
            terminal.ask("/pin 2", "pinned [2]");
            terminal.ask("/pin 1", "(message.not_found)");
            terminal.ask("/edit last new", "changed [30] to: new");
        }
    }

    @Test
    void shouldJoinAndResumeByTheUrl() {
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        alice.post("/rooms", Map.of("roomId", "line-url"));
        String basic = Base64.getEncoder().encodeToString(("alice:" + Rest.PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (Socket socket = Socket.open(LINES + "?room=line-url&since=0", Map.of("Authorization", "Basic " + basic))) {
            socket.awaitLine("* You are in line-url.");
            socket.awaitLine("[1]");
        }
    }
}

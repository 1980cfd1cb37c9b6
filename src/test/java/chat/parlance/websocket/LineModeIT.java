package chat.parlance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LineModeIT {

    private static final String LINES = "ws://" + TestNode.address() + "/lines";

    @Test
    void shouldLetANewcomerRegisterChatAndReadHistory() {
        try (Socket newcomer = Socket.open(LINES, Map.of());
                Socket friend = Socket.open(LINES, Map.of())) {
            assertThat(newcomer.awaitText()).contains("/login", "/register", "/commands");
            newcomer.sendText("hello?\n");
            newcomer.awaitLine("(auth.required)");
            newcomer.sendText("/register line-1 " + "sekrit-pass-9 Line One");
            newcomer.awaitLine("* You are line-1.");
            newcomer.sendText("/create line-room");
            newcomer.awaitLine("* You are in line-room.");
            friend.sendText("/register line-2 sekrit-pass-9");
            friend.awaitLine("* You are line-2.");
            friend.sendText("/rooms");
            friend.awaitLine("line-room");
            friend.sendText("/join line-room");
            newcomer.awaitLine("* line-2 joined");
            newcomer.sendText("hi there");
            assertThat(friend.awaitLine("hi there")).matches("\\[3] \\d\\d:\\d\\d line-1: hi there");
            friend.sendText("/who");
            assertThat(friend.awaitLine("line-1")).contains("* line-1 (owner)", "* line-2 (member)");
            friend.sendText("/history");
            assertThat(friend.awaitLine("[1]")).contains("hi there");
            friend.sendText("/dance");
            friend.awaitLine("(frame.unknown)");
            friend.sendText("/commands");
            friend.awaitLine("/exitRoom");
            friend.sendText("/exitRoom");
            newcomer.awaitLine("* line-2 left");
            friend.sendText("/logout");
            friend.awaitLine("logged out");
            friend.sendText("/quit");
            assertThat(friend.awaitClose()).isEqualTo(1000);
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

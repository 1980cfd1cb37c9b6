package chat.parlance.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.NodeJs;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The client library's own tests, in Node.js against a real node. */
final class ClientLibraryIT {

    private static final String LONG_ROOM = "library-long";

    /** Beyond {@code room.catchUpLimit}. */
    private static final int LONG = 1_050;

    @Test
    void shouldPassTheTestsOfTheLibrary() {
        makeLongRoom();
        assertThat(NodeJs.runTests("library.test.mjs", Map.of("longRoom", LONG_ROOM)))
                .isEqualTo(16);
    }

    private static void makeLongRoom() {
        Rest owner = Rest.logIn(TestNode.address(), "library-owner");
        owner.post("/rooms", Map.of("roomId", LONG_ROOM));
        try (Socket socket = Socket.authenticated(TestNode.address(), owner.token())) {
            IntStream.range(0, LONG).forEach(i -> socket.post(LONG_ROOM, "long-" + i, "line " + i));
            IntStream.range(0, LONG).forEach(i -> socket.await("ack"));
        }
    }
}

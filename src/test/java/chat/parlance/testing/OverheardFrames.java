package chat.parlance.testing;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Checks the frames of clients other than Java's against {@code asyncapi.yaml}, one of each shape. */
final class OverheardFrames {

    private OverheardFrames() {}

    /** Records the frames of a page. A frame that violates its description is a complaint. */
    static void watch(Page page, Consumer<String> complaints) {
        page.onWebSocket(socket -> watch(socket, complaints));
    }

    private static void watch(WebSocket socket, Consumer<String> complaints) {
        socket.onFrameReceived(frame -> complain(complaints, () -> ApiContract.checkShape(json(frame))));
        socket.onFrameSent(frame -> complain(complaints, () -> ApiContract.checkClientShape(json(frame))));
    }

    private static JsonObject json(WebSocketFrame frame) {
        return new JsonObject(frame.text());
    }

    private static void complain(Consumer<String> complaints, Runnable check) {
        try {
            check.run();
        } catch (AssertionError wrong) {
            complaints.accept(String.valueOf(wrong.getMessage()));
        }
    }

    /** The environment and arguments with which Node.js writes the frames of a script to a file. */
    static Recording record(Path file) {
        Path recorder = Path.of("src/test/javascript/record-frames.mjs").toAbsolutePath();
        return new Recording(file, List.of("--import", recorder.toUri().toString()), Map.of("FRAMES", file.toString()));
    }

    /** Frames of a script of Node.js, in a file once it has ended. */
    record Recording(Path file, List<String> arguments, Map<String, String> environment) {

        /** @throws AssertionError when a frame violates its description */
        void check() throws IOException {
            for (String line : Files.readAllLines(file)) {
                JsonObject recorded = new JsonObject(line);
                JsonObject frame = recorded.getJsonObject("frame");
                if (recorded.getString("from").equals("client")) {
                    ApiContract.checkClientShape(frame);
                } else {
                    ApiContract.checkShape(frame);
                }
            }
        }
    }
}

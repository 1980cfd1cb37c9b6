package chat.parlance.fuzz;

import chat.parlance.testing.ApiContract;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A connection of the JSON subprotocol. An input that begins with T is the text of a frame: the node must answer the
 * next ping, or close. Any other input replaces frames. Each frame of the node must keep the contract, and none may be
 * the error {@code internal}.
 */
public final class FrameFuzz {

    private static final String PATH = "/ws";
    private static FuzzNode node;
    private static FuzzSocket socket;
    private static int pings;

    private FrameFuzz() {}

    public static void fuzzerInitialize() {
        node = FuzzNode.start();
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] sent = node.withToken(input);
        if (sent[0] == 'T') {
            sendText(Arrays.copyOfRange(sent, 1, sent.length));
        } else {
            sendBytes(sent);
        }
        node.check();
    }

    /** Keeps the connection for the next input, unless the node has closed it. */
    private static void sendText(byte[] text) throws IOException {
        if (socket == null) {
            socket = FuzzSocket.open(node, PATH);
        }
        String ping = "ping-" + pings++;
        boolean open = true;
        try {
            socket.sendText(text);
            socket.sendText(new JsonObject()
                    .put("type", "ping")
                    .put("ref", ping)
                    .toBuffer()
                    .getBytes());
        } catch (IOException closed) {
            // The node has sent the reason, which is read below.
        }
        boolean answered = false;
        while (open && !answered) {
            Optional<FuzzSocket.Frame> frame = socket.read();
            open = frame.isPresent() && frame.get().opcode() != FuzzSocket.Frame.CLOSE;
            answered = open && isPong(frame.get(), ping);
        }
        if (!open) {
            socket.close();
            socket = null;
        }
    }

    /** On a separate connection, which is closed. */
    private static void sendBytes(byte[] bytes) throws IOException {
        try (FuzzSocket own = FuzzSocket.open(node, PATH)) {
            try {
                own.sendBytes(bytes);
                own.endInput();
            } catch (IOException closed) {
                // The node has sent the reason, which is read below.
            }
            for (Optional<FuzzSocket.Frame> frame = own.read(); frame.isPresent(); frame = own.read()) {
                isPong(frame.get(), "");
            }
        }
    }

    private static boolean isPong(FuzzSocket.Frame frame, String ref) {
        if (frame.opcode() != FuzzSocket.Frame.TEXT) {
            return false;
        }
        JsonObject answer = new JsonObject(frame.text());
        ApiContract.checkShape(answer);
        if ("internal".equals(answer.getString("code"))) {
            throw new AssertionError("an unexpected failure: " + frame.text());
        }
        return "pong".equals(answer.getString("type")) && ref.equals(answer.getString("ref"));
    }
}

package chat.parlance.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Optional;

/**
 * A person in line mode, in a room. An input is a message of the terminal: the node must answer the next command, or close,
 * and none of its answers is the error {@code internal}.
 */
public final class LineFuzz {

    private static final String PATH = "/lines?room=" + FuzzNode.ROOM;

    private static final String INTERNAL = "(internal)";

    /** Prefix of each refusal; a line of a posted message begins with its number. */
    private static final String ERROR = "! ";

    private static FuzzNode node;
    private static FuzzSocket socket;
    private static int commands;

    private LineFuzz() {}

    public static void fuzzerInitialize() {
        node = FuzzNode.start();
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (socket == null) {
            socket = FuzzSocket.open(node, PATH);
        }
        String command = "no-such-command-" + commands++;
        try {
            socket.sendText(node.withToken(input));
            socket.sendText(("\n/" + command + "\n").getBytes(UTF_8));
        } catch (IOException closed) {
            // The node has sent the reason, which is read below.
        }
        boolean open = true;
        boolean answered = false;
        while (open && !answered) {
            Optional<FuzzSocket.Frame> frame = socket.read();
            open = frame.isPresent() && frame.get().opcode() != FuzzSocket.Frame.CLOSE;
            answered = open && isAnswer(frame.get(), command);
        }
        if (!open) {
            socket.close();
            socket = null;
        }
        node.check();
    }

    private static boolean isAnswer(FuzzSocket.Frame frame, String command) {
        String text = frame.text();
        if (text.startsWith(ERROR) && text.contains(INTERNAL)) {
            throw new AssertionError("an unexpected failure: " + text);
        }
        return text.startsWith(ERROR) && text.contains("/" + command);
    }
}

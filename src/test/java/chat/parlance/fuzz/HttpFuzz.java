package chat.parlance.fuzz;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Any bytes to the public port. A complete request gets an answer, and each answer is valid HTTP and no failure. */
public final class HttpFuzz {

    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final int CLOSE_TIMEOUT_MS = 30_000;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static FuzzNode node;

    private HttpFuzz() {}

    public static void fuzzerInitialize() {
        node = FuzzNode.start();
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        byte[] sent = node.withToken(input);
        HttpAnswers answers = new HttpAnswers(sent);
        try (Socket socket = node.connect()) {
            exchange(socket, sent, answers);
        }
        answers.check();
        node.check();
    }

    /** Reads an answer to each complete request, then ends the input, and reads until the node closes. */
    private static void exchange(Socket socket, byte[] sent, HttpAnswers answers) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        write(socket, sent);
        boolean open = true;
        socket.setSoTimeout(ANSWER_TIMEOUT_MS);
        while (open && answers.areMissing()) {
            open = read(socket, buffer, answers);
        }
        if (open) {
            endInput(socket);
            socket.setSoTimeout(CLOSE_TIMEOUT_MS);
            while (open) {
                open = read(socket, buffer, answers);
            }
        }
    }

    /** @return true when more can arrive */
    private static boolean read(Socket socket, byte[] buffer, HttpAnswers answers) throws IOException {
        try {
            int length = socket.getInputStream().read(buffer);
            if (length > 0) {
                answers.add(buffer, length);
            }
            return length >= 0;
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("the node neither answers nor closes", silent);
        } catch (IOException reset) {
            return false;
        }
    }

    private static void write(Socket socket, byte[] sent) {
        try {
            socket.getOutputStream().write(sent);
        } catch (IOException closed) {
            // The node reads nothing after a bad request; its answer may have arrived.
        }
    }

    private static void endInput(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException closed) {
            // The node was faster.
        }
    }
}

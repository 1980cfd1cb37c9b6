package chat.parlance.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection over which a test writes any bytes, for requests that no HTTP client sends. */
public final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: *([0-9]+)");
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Socket socket;

    private RawHttp(Socket socket) {
        this.socket = socket;
    }

    /**
     * One answer.
     *
     * @param headers by their names in lower case
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    public static RawHttp connect(int port) {
        return connect("127.0.0.1", port);
    }

    /** @param from the address of loopback that the connection comes from */
    public static RawHttp connect(String from, int port) {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            return new RawHttp(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends a request unchanged and reads all answers until the node closes the connection. */
    public static List<Answer> exchange(int port, String request) {
        try (RawHttp connection = connect(port)) {
            connection.send(request);
            return connection.answers();
        }
    }

    /** Sends characters of Latin-1 unchanged. */
    public void send(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends until the node has closed the connection; for a test of slow clients. False when it is closed. */
    public boolean trySend(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Reads all answers until the node closes the connection, which it must do without a reset. */
    public List<Answer> answers() {
        return parse(new String(readBytes(), StandardCharsets.ISO_8859_1));
    }

    /** Reads everything until the node closes the connection. */
    public String read() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    private byte[] readBytes() {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the node does not close the connection", open);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next answer of a connection that stays open. */
    public Answer answer() {
        String head = readHead();
        Matcher length = LENGTH.matcher(head);
        try {
            byte[] body = socket.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            return parse(head + new String(body, StandardCharsets.ISO_8859_1)).getFirst();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The head of the next answer, and no byte more. */
    private String readHead() {
        try {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(END_OF_HEAD)) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @param all a character for each byte, because lengths are those of bytes */
    private static List<Answer> parse(String all) {
        List<Answer> answers = new ArrayList<>();
        String left = all;
        while (!left.isEmpty()) {
            int end = left.indexOf(END_OF_HEAD);
            if (end < 0) {
                throw new AssertionError("no head: " + left);
            }
            List<String> lines = left.substring(0, end).lines().toList();
            Map<String, String> headers = new TreeMap<>();
            lines.stream().skip(1).forEach(line -> {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            });
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            int begin = end + END_OF_HEAD.length();
            // The answer to a HEAD has a length and no body, and is the last of these tests' connections.
            int stop = Math.min(begin + length, left.length());
            byte[] body = left.substring(begin, stop).getBytes(StandardCharsets.ISO_8859_1);
            answers.add(new Answer(
                    Integer.parseInt(lines.getFirst().split(" ", -1)[1]),
                    headers,
                    new String(body, StandardCharsets.UTF_8)));
            left = left.substring(stop);
        }
        return answers;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

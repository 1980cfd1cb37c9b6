package chat.parlance.testing;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A person with a terminal in line mode. */
public record Terminal(Socket socket) implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 20;

    /** A person before the log-in, who has been greeted. */
    public static Terminal open() {
        return new Terminal(Socket.open(url(""), Map.of()));
    }

    /** The same at another node. */
    public static Terminal open(String address) {
        return new Terminal(Socket.open("ws://" + address + "/lines", Map.of()));
    }

    /** A person in no room. */
    public static Terminal of(Rest user) {
        return of(user, "");
    }

    /** A person in a room, after the answer to the join. */
    public static Terminal in(String room, Rest user) {
        Terminal terminal = of(user, "?room=" + room);
        terminal.sees("* You are in " + room);
        return terminal;
    }

    public void type(String line) {
        socket.sendText(line + "\n");
    }

    /** Waits for a text with all the parts, and drops earlier ones. */
    public String sees(String... parts) {
        String text = socket.awaitLine(parts[0]);
        for (String part : parts) {
            if (!text.contains(part)) {
                throw new AssertionError("no " + part + " in " + text);
            }
        }
        return text;
    }

    /** Types a line and waits for a text with all the parts. */
    public String ask(String line, String... parts) {
        type(line);
        return sees(parts);
    }

    /** Repeats a line until the answer has the part. */
    public String askUntil(String line, String part) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            type(line);
            String answer = socket.awaitText();
            if (answer.contains(part)) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + part + " in " + answer);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private static Terminal of(Rest user, String query) {
        return new Terminal(Socket.open(url(query), Map.of("Authorization", "Bearer " + user.token())));
    }

    private static String url(String query) {
        return "ws://" + TestNode.address() + "/lines" + query;
    }
}

package chat.parlance.bench;

import io.vertx.core.http.WebSocket;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One client that joins rooms, a few at a time, and checks the events of each. It reads frames by their first letters,
 * like {@link BenchClient}. Belongs to one event loop.
 */
final class JoiningClient {

    private static final int IN_FLIGHT = 16;
    private static final String ROOM = "\"roomId\":\"";
    private static final String HEAD = "\"head\":";
    private static final String SEQ = "\"seq\":";

    private final String name;
    private final WebSocket socket;
    private final Histogram latency;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private final Map<String, Long> askedAtNs = new HashMap<>();

    /** Head of each room when it was joined. */
    private final Map<String, Long> heads = new HashMap<>();

    /** Seq of the newest event of each room. */
    private final Map<String, Long> last = new HashMap<>();

    private long deliveries;
    private @Nullable String violation;

    /** @param latency of joins, in microseconds; used by this event loop alone */
    JoiningClient(String name, WebSocket socket, Histogram latency) {
        this.name = name;
        this.socket = socket;
        this.latency = latency;
        socket.textMessageHandler(this::receive);
        socket.closeHandler(closed -> violate("closed with " + socket.closeStatusCode()));
    }

    /** Joins further rooms. */
    void join(List<String> rooms) {
        waiting.addAll(rooms);
        joinNext();
    }

    /** True when every join is answered. */
    boolean isIdle() {
        return violation != null || (waiting.isEmpty() && askedAtNs.isEmpty());
    }

    /** True when the client has all events of its rooms, whose heads are given, and the one of its own join among them. */
    boolean isCurrent(Map<String, Long> headOfRoom) {
        return heads.keySet().stream()
                .allMatch(room -> headOfRoom.getOrDefault(room, -1L).equals(last.get(room)));
    }

    int joined() {
        return heads.size();
    }

    long deliveries() {
        return deliveries;
    }

    /** First violation of the contract, null when there is none. */
    @Nullable
    String violation() {
        return violation;
    }

    void close() {
        socket.closeHandler(closed -> {});
        socket.close();
    }

    private void joinNext() {
        while (!waiting.isEmpty() && askedAtNs.size() < IN_FLIGHT) {
            String room = waiting.remove();
            askedAtNs.put(room, System.nanoTime());
            socket.writeTextMessage("{\"type\":\"join\",\"roomId\":\"" + room + "\"}");
        }
    }

    private void receive(String frame) {
        if (frame.startsWith("{\"type\":\"event")) {
            receiveEvents(frame, room(frame));
        } else if (frame.startsWith("{\"type\":\"joined\"")) {
            receiveJoined(frame, room(frame));
        } else if (frame.startsWith("{\"type\":\"error\"") || frame.startsWith("{\"type\":\"reset\"")) {
            violate(frame);
        }
    }

    private void receiveJoined(String frame, String room) {
        Long begin = askedAtNs.remove(room);
        if (begin == null || heads.put(room, number(frame, HEAD, 0)) != null) {
            violate(room + " was joined twice");
            return;
        }
        latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
        joinNext();
    }

    private void receiveEvents(String frame, String room) {
        int at = frame.indexOf(SEQ);
        while (at >= 0) {
            long seq = number(frame, SEQ, at);
            Long before = last.put(room, seq);
            if (before != null && seq != before + 1) {
                violate(room + " has seq " + seq + " after " + before);
            }
            deliveries++;
            at = frame.indexOf(SEQ, at + SEQ.length());
        }
    }

    private void violate(String what) {
        if (violation == null) {
            violation = name + ": " + what;
        }
    }

    private static String room(String frame) {
        int begin = frame.indexOf(ROOM) + ROOM.length();
        return frame.substring(begin, frame.indexOf('"', begin));
    }

    private static long number(String frame, String key, int from) {
        long number = 0;
        for (int i = frame.indexOf(key, from) + key.length();
                i < frame.length() && Character.isDigit(frame.charAt(i));
                i++) {
            number = number * 10 + (frame.charAt(i) - '0');
        }
        return number;
    }
}

package chat.parlance.bench;

import io.vertx.core.http.WebSocket;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One client with one send in flight. It reads frames by their first letters and its own id, because a parser would
 * cost more than the measured server. Belongs to one event loop.
 */
final class BenchClient {

    private static final String TEXT = "a message of the length that people write in a chat, more or less";

    private final String name;
    private final String room;
    private final WebSocket socket;
    private final Histogram latency;
    private long last = -1;
    private long deliveries;
    private long acks;
    private long sentAtNs;
    private @Nullable String id;
    private boolean acked;
    private boolean delivered;
    private boolean sending;
    private int sends;
    private @Nullable String violation;

    /** @param latency of acknowledgements, in microseconds; used by this event loop alone */
    BenchClient(String name, String room, WebSocket socket, Histogram latency) {
        this.name = name;
        this.room = room;
        this.socket = socket;
        this.latency = latency;
        socket.textMessageHandler(this::receive);
        socket.closeHandler(closed -> violate("closed with " + socket.closeStatusCode()));
    }

    void join() {
        socket.writeTextMessage("{\"type\":\"join\",\"roomId\":\"" + room + "\"}");
    }

    void begin() {
        sending = true;
        send();
    }

    /** Stops sending; the pending send is still acknowledged. */
    void end() {
        sending = false;
    }

    boolean isJoined() {
        return last >= 0;
    }

    /** True when no send is pending. */
    boolean isIdle() {
        return id == null;
    }

    String room() {
        return room;
    }

    /** Seq of the newest received event. */
    long last() {
        return last;
    }

    long deliveries() {
        return deliveries;
    }

    long acks() {
        return acks;
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

    private void send() {
        id = name + "-" + sends++;
        acked = false;
        delivered = false;
        sentAtNs = System.nanoTime();
        socket.writeTextMessage(
                "{\"type\":\"post\",\"roomId\":\"" + room + "\",\"id\":\"" + id + "\",\"text\":\"" + TEXT + "\"}");
    }

    private void receive(String frame) {
        if (frame.startsWith("{\"type\":\"event")) {
            receiveEvents(frame);
        } else if (frame.startsWith("{\"type\":\"ack\"")) {
            latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sentAtNs));
            acks++;
            acked = true;
            settle();
        } else if (frame.startsWith("{\"type\":\"joined\"")) {
            last = Math.max(0, number(frame, frame.indexOf("\"head\":") + 7) - 20);
        } else if (frame.startsWith("{\"type\":\"error\"") || frame.startsWith("{\"type\":\"reset\"")) {
            violate(frame);
        }
    }

    private void receiveEvents(String frame) {
        int at = frame.indexOf("\"seq\":");
        while (at >= 0) {
            long seq = number(frame, at + 6);
            if (seq != last + 1) {
                violate("seq " + seq + " after " + last);
            }
            last = seq;
            deliveries++;
            at = frame.indexOf("\"seq\":", at + 6);
        }
        if (id != null && frame.contains("\"id\":\"" + id + "\"")) {
            if (delivered) {
                violate(id + " came twice");
            }
            delivered = true;
            settle();
        }
    }

    /** Sends the next message when the last one is acknowledged and has arrived as an event. */
    private void settle() {
        if (acked && delivered) {
            id = null;
            if (sending) {
                send();
            }
        }
    }

    private void violate(String what) {
        if (violation == null) {
            violation = name + ": " + what;
        }
    }

    private static long number(String text, int from) {
        long number = 0;
        for (int i = from; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}

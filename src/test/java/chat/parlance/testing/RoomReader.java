package chat.parlance.testing;

import chat.parlance.testing.ContractClient.Receipt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Events that a {@link ContractClient} reads of its room: live ones, and pages of those that a reset passed over. It notes when each
 * event came for the first time. All its state is guarded by the lock of the client, which is notified of each change.
 */
final class RoomReader {

    private static final int PAGE = 100;
    private static final int CONFLICT = 409;

    private final Object lock;
    private final String token;
    private final String room;
    private final RoomCopy copy = new RoomCopy();
    private final List<Receipt> receipts = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    RoomReader(Object lock, String token, String room) {
        this.lock = lock;
        this.token = token;
        this.room = room;
    }

    RoomCopy copy() {
        return copy;
    }

    /** New events in the order in which they came. */
    List<Receipt> receipts() {
        return receipts;
    }

    /** The frame that joins the room after the last event of the copy. */
    JsonObject join() {
        JsonObject join = new JsonObject().put("type", "join").put("roomId", room);
        synchronized (lock) {
            copy.stopLoading();
            join.put("since", copy.last());
            if (copy.last() > 0) {
                join.put("stamp", copy.stamp());
            }
        }
        return join;
    }

    /** Takes a live event; the connection is given up when it shows that the history has changed. */
    void see(ContractConnection from, JsonObject event) {
        synchronized (lock) {
            if (!from.isGone() && !copy.live(note(event))) {
                from.giveUp();
            }
            lock.notifyAll();
        }
    }

    /**
     * Takes a reset.
     *
     * @param first the last event before those that it passed over; 0 when nothing that the client has is sure
     */
    void reset(ContractConnection from, long first, long head) {
        synchronized (lock) {
            if (first == 0) {
                copy.drop();
            }
            if (copy.beginLoading(head)) {
                Thread.startVirtualThread(() -> load(from));
            }
        }
    }

    /** Pages what a reset passed over, by the same node, as long as the connection counts. */
    private void load(ContractConnection by) {
        try {
            while (true) {
                int drops;
                String query;
                synchronized (lock) {
                    if (by.isGone() || !copy.isLoading()) {
                        return;
                    }
                    drops = copy.drops();
                    query = "?limit=" + PAGE + "&after=" + copy.last()
                            + (copy.last() > 0 ? "&stamp=" + copy.stamp() : "");
                }
                HttpResponse<String> page =
                        new Rest(by.address(), token).getUnchecked("/rooms/" + room + "/events" + query);
                synchronized (lock) {
                    if (!by.isGone() && drops == copy.drops()) {
                        take(by, page);
                    }
                }
            }
        } catch (RuntimeException failed) {
            by.giveUp();
        }
    }

    private void take(ContractConnection by, HttpResponse<String> page) {
        if (page.statusCode() == CONFLICT) {
            copy.drop();
        } else {
            JsonArray events = new JsonObject(page.body()).getJsonArray("events");
            if (!copy.loaded(
                    events.stream().map(event -> note((JsonObject) event)).toList())) {
                by.giveUp();
            }
            lock.notifyAll();
        }
    }

    private Receipt note(JsonObject event) {
        Receipt receipt = new Receipt(
                event.getLong("seq"), event.getString("id", ""), event.getString("stamp"), System.nanoTime());
        if (known.add(receipt.stamp())) {
            receipts.add(receipt);
        }
        return receipt;
    }
}

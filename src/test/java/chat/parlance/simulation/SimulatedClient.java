package chat.parlance.simulation;

import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import chat.parlance.room.Subscriber;
import chat.parlance.room.Subscription;
import chat.parlance.testing.ContractChecker.Log;
import chat.parlance.testing.ContractChecker.Seen;
import chat.parlance.testing.ContractChecker.Send;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its side of the contract: one send at a time, again with the same id until it is acknowledged, and
 * a reconnect that resumes after the last event it saw. Its connection is slow at times and is cut when too much waits.
 */
final class SimulatedClient {

    private static final int ANSWER_TIMEOUT_MS = 2500;
    private static final int OUTBOUND_LIMIT = 40;

    private final Simulation simulation;
    private final Clockwork clockwork;
    private final UserId user;
    private final List<Send> sends = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private @Nullable Session session;
    private @Nullable String sending;
    private long sentAt;
    private int sent;
    private boolean stopped;

    SimulatedClient(Simulation simulation, Clockwork clockwork, String name) {
        this.simulation = simulation;
        this.clockwork = clockwork;
        this.user = new UserId(name);
    }

    void begin() {
        connect();
        clockwork.after(1 + clockwork.dice(50), this::sendNext);
    }

    /** Sends nothing new any more. */
    void stop() {
        stopped = true;
    }

    boolean isIdle(long head) {
        return sending == null && last() >= head;
    }

    Log log() {
        return new Log(user.value(), List.copyOf(sends), List.copyOf(seen));
    }

    /** Loses the connection. */
    void cut() {
        if (session != null) {
            session.close();
            session = null;
            clockwork.after(1 + clockwork.dice(100), this::connect);
        }
    }

    boolean isOn(SimulatedNode node) {
        return session != null && session.node.equals(node);
    }

    private long last() {
        return seen.isEmpty() ? 0 : seen.getLast().seq();
    }

    private void connect() {
        if (session == null) {
            session = new Session(simulation.anyNode());
            session.join();
        }
    }

    private void sendNext() {
        if (stopped) {
            return;
        }
        if (sending == null) {
            sending = user.value() + "-" + sent++;
            sentAt = clockwork.nowMs();
            post();
        }
        clockwork.after(1 + clockwork.dice(60), this::sendNext);
    }

    private void post() {
        String id = sending;
        Session via = session;
        if (id == null) {
            return;
        }
        if (via == null || !via.joined) {
            clockwork.after(20, this::post);
            return;
        }
        via.toServer(() -> via.node
                .post(user, new ClientId(id))
                .onSuccess(appended -> via.toClient(() -> acknowledged(id, appended.seq())))
                .onFailure(refused -> via.toClient(() -> via.refused = id)));
        awaitAnswer(via, id, clockwork.nowMs() + ANSWER_TIMEOUT_MS);
    }

    /** Sends again when it was refused, when the connection is gone, and when no answer comes. */
    private void awaitAnswer(Session via, String id, long untilMs) {
        if (!id.equals(sending)) {
            return;
        }
        if (via.open && !id.equals(via.refused) && clockwork.nowMs() < untilMs) {
            clockwork.after(20, () -> awaitAnswer(via, id, untilMs));
            return;
        }
        if (clockwork.nowMs() >= untilMs) {
            cut();
        }
        via.refused = null;
        clockwork.after(clockwork.dice(200), this::post);
    }

    private void acknowledged(String id, long seq) {
        if (id.equals(sending)) {
            sends.add(new Send(id, seq, sentAt, clockwork.nowMs()));
            sending = null;
        }
    }

    /** One connection, with what waits on it in order. */
    private final class Session implements Subscriber {

        private final SimulatedNode node;
        private final int slowMs = clockwork.chance(0.15) ? 30 : 1;
        private final List<Event> held = new ArrayList<>();
        private @Nullable Subscription subscription;
        private @Nullable Promise<Void> drained;
        private long freeAtMs;
        private int waiting;
        private @Nullable String refused;
        private boolean joined;
        private boolean paging;
        private boolean open = true;

        Session(SimulatedNode node) {
            this.node = node;
        }

        void join() {
            toServer(
                    simulation.variant() == Variant.NO_OVERLAP_AT_THE_SEAM ? this::readThenListen : () -> open(last()));
            clockwork.after(ANSWER_TIMEOUT_MS, () -> {
                if (open && !joined) {
                    cut();
                }
            });
        }

        private void open(@Nullable Long since) {
            node.hub().join(this, SimulatedDatabase.ROOM, since).onSuccess(opened -> {
                if (open) {
                    subscription = opened;
                    toClient(() -> joined = true);
                    opened.start();
                } else {
                    opened.close();
                }
            });
        }

        /** What servers do that have a history and a live stream, and nothing that ties them together. */
        private void readThenListen() {
            node.read(SimulatedDatabase.ROOM, last(), Integer.MAX_VALUE).onSuccess(page -> {
                page.events().forEach(event -> toClient(() -> show(event)));
                if (page.events().isEmpty()) {
                    open(null);
                } else {
                    toClient(() -> toServer(this::readThenListen));
                }
            });
        }

        void close() {
            open = false;
            node.execute(() -> {
                if (subscription != null) {
                    subscription.close();
                    subscription = null;
                }
            });
        }

        void toServer(Runnable request) {
            clockwork.after(
                    clockwork.dice(5),
                    () -> node.execute(() -> {
                        if (open) {
                            request.run();
                        }
                    }));
        }

        /** What does not fit in the queue cuts the connection, as the outbound bound does. */
        void toClient(Runnable frame) {
            if (++waiting > OUTBOUND_LIMIT) {
                cutBy();
                return;
            }
            freeAtMs = Math.max(freeAtMs, clockwork.nowMs()) + clockwork.dice(slowMs + 1);
            clockwork.after(freeAtMs - clockwork.nowMs(), () -> {
                waiting--;
                if (open) {
                    frame.run();
                }
                if (waiting < OUTBOUND_LIMIT / 2 && drained != null) {
                    Promise<Void> told = drained;
                    drained = null;
                    node.execute(told::complete);
                }
            });
        }

        private void cutBy() {
            if (open && this.equals(session)) {
                cut();
            }
        }

        private void show(Event event) {
            if (event.seq() > last()) {
                seen.add(SimulatedDatabase.seen(event));
            }
        }

        /** Pages what the reset passed over, and then shows what came meanwhile. */
        private void page(long head) {
            node.history(user, last())
                    .onComplete(read -> toClient(() -> {
                        if (read.succeeded()) {
                            read.result().events().forEach(this::show);
                        }
                        if (last() < head) {
                            toServer(() -> page(head));
                        } else {
                            paging = false;
                            held.forEach(this::show);
                            held.clear();
                        }
                    }));
        }

        @Override
        public UserId user() {
            return user;
        }

        @Override
        public void deliver(EventBatch batch) {
            for (Event event : batch.events()) {
                toClient(() -> {
                    if (paging) {
                        held.add(event);
                    } else {
                        show(event);
                    }
                });
            }
        }

        @Override
        public void signal(Signal.Shown signal) {}

        @Override
        public void presence(RoomPresence presence) {}

        @Override
        public void removed(RoomId room) {}

        @Override
        public void reset(RoomId room, long from, long head) {
            toClient(() -> {
                paging = true;
                toServer(() -> page(head));
            });
        }

        @Override
        public Future<Void> writable() {
            if (waiting < OUTBOUND_LIMIT / 2) {
                return Future.succeededFuture();
            }
            if (drained == null) {
                drained = Promise.promise();
            }
            return drained.future();
        }
    }
}

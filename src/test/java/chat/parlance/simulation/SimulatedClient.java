package chat.parlance.simulation;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Cursor;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.testing.ContractChecker.Log;
import chat.parlance.testing.ContractChecker.Send;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its side of the contract: one send at a time, again with the same id until it is acknowledged or
 * refused for good, and a reconnect that resumes in every room after the last event it saw. At times it breaks the
 * rules: it sends with a used id, and to rooms that it is no longer a member of.
 */
final class SimulatedClient {

    private static final double ID_USED_AGAIN = 0.05;
    private static final String TEXT = "text";

    /** One message and its retries. */
    private static final class Sending {

        private final RoomId room;
        private final String id;
        private final String text;
        private final long sentAt;
        private @Nullable SimulatedSession via;
        private int tries;

        /** True when a try may have been stored without the client's knowledge. */
        private boolean doubtful;

        Sending(RoomId room, String id, String text, long sentAt) {
            this.room = room;
            this.id = id;
            this.text = text;
            this.sentAt = sentAt;
        }
    }

    private final Simulation simulation;
    private final Clockwork clockwork;
    private final UserId user;
    private final Map<RoomId, RoomNotes> notes = new LinkedHashMap<>();
    private @Nullable SimulatedSession session;
    private @Nullable Sending sending;
    private @Nullable String acknowledged;
    private int sent;
    private boolean stopped;
    private long awayUntilMs;

    SimulatedClient(Simulation simulation, Clockwork clockwork, String name) {
        this.simulation = simulation;
        this.clockwork = clockwork;
        this.user = new UserId(name);
        SimulatedDatabase.ROOMS.forEach(room -> notes.put(room, new RoomNotes()));
    }

    UserId user() {
        return user;
    }

    RoomNotes notes(RoomId room) {
        return Objects.requireNonNull(notes.get(room));
    }

    void begin() {
        connect();
        clockwork.after(1 + clockwork.dice(50), this::sendNext);
    }

    /** Stops new sends. */
    void stop() {
        stopped = true;
    }

    /** True when it waits for nothing, is in the room, and has seen it up to exactly the event {@code head}. */
    boolean isIdle(RoomId room, Cursor head) {
        return sending == null
                && session != null
                && session.isUpToDate(room)
                && notes(room).isAt(head);
    }

    Log log(RoomId room, UnaryOperator<Send> known) {
        return notes(room).log(user.value(), known);
    }

    /** Loses the connection, and reconnects after that time at the earliest. */
    void goAway(long ms) {
        awayUntilMs = clockwork.nowMs() + ms;
        cut();
    }

    void leave(RoomId room) {
        if (session != null) {
            session.leave(room);
        }
    }

    /** Loses the connection. */
    void cut() {
        if (session != null) {
            cut(session);
        }
    }

    /** Loses that connection, if it is still open. */
    void cut(SimulatedSession lost) {
        if (!lost.equals(session)) {
            return;
        }
        lost.close();
        session = null;
        clockwork.after(Math.max(0, awayUntilMs - clockwork.nowMs()) + 1 + clockwork.dice(100), this::connect);
        Sending waiting = sending;
        if (waiting != null && waiting.via != null) {
            tryAgain(waiting);
        }
    }

    boolean isOn(SimulatedNode node) {
        return session != null && session.node().equals(node);
    }

    private void connect() {
        if (session == null) {
            SimulatedSession opened = new SimulatedSession(simulation, clockwork, this, simulation.anyNode());
            session = opened;
            SimulatedDatabase.ROOMS.forEach(opened::join);
        }
    }

    private void sendNext() {
        if (stopped) {
            return;
        }
        if (sending == null) {
            sending = next();
            post(sending);
        }
        clockwork.after(1 + clockwork.dice(60), this::sendNext);
    }

    private Sending next() {
        RoomId room = simulation.anyRoom();
        String used = acknowledged;
        if (used != null && clockwork.chance(ID_USED_AGAIN)) {
            acknowledged = null;
            return new Sending(room, used, "another text", clockwork.nowMs());
        }
        return new Sending(room, user.value() + "-" + sent++, TEXT, clockwork.nowMs());
    }

    private void post(Sending message) {
        SimulatedSession via = session;
        if (via == null || via.isJoining(message.room)) {
            clockwork.after(20, () -> post(message));
            return;
        }
        message.via = via;
        int attempt = ++message.tries;
        via.toServer(() -> via.node()
                .post(user, message.room, new ClientId(message.id), message.text)
                .onSuccess(appended -> via.toClient(0, () -> acknowledged(message, appended.seq())))
                .onFailure(failure -> via.toClient(
                        0, () -> refused(message, ChatException.of(failure).code()))));
        clockwork.after(SimulatedSession.ANSWER_TIMEOUT_MS, () -> {
            if (message.equals(sending) && message.tries == attempt) {
                cut(via);
            }
        });
    }

    private void acknowledged(Sending message, long seq) {
        if (message.equals(sending)) {
            acknowledged = message.text.equals(TEXT) ? message.id : null;
            settle(message, seq, false);
        }
    }

    private void refused(Sending message, ErrorCode code) {
        if (!message.equals(sending)) {
            return;
        }
        if (code.retryable()) {
            tryAgain(message);
        } else {
            settle(message, null, !message.doubtful);
        }
    }

    /** Retries: the connection is lost, or the server does not know the outcome. */
    private void tryAgain(Sending message) {
        message.via = null;
        message.doubtful = true;
        clockwork.after(clockwork.dice(200), () -> post(message));
    }

    private void settle(Sending message, @Nullable Long seq, boolean refused) {
        notes(message.room)
                .sent(new Send(
                        RoomNotes.message(message.id, message.text), seq, refused, message.sentAt, clockwork.nowMs()));
        sending = null;
    }
}

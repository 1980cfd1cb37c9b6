package chat.parlance.connection;

import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Port to the language of one connection, with all that differs from one language to another. */
public interface Language {

    LanguageName name();

    /** Factory of the languages of the connections of one event loop. */
    @FunctionalInterface
    interface Factory {
        Language of(Connection connection, Entrance entrance);
    }

    byte[] encode(ServerFrame frame);

    /** Starts the conversation. Called once, when the connection is open. */
    void begin();

    /**
     * Processes one message of the client. The next one is read only when the answer is complete, so that messages take
     * effect in the order they were sent.
     */
    Future<?> receive(String text);

    /** Delivers the next events of a followed room. */
    void deliver(EventBatch batch);

    /** Sends a signal, which is outside the sequence of a room. */
    void signal(Signal.Shown signal);

    /** Sends the presence in a followed room. */
    void presence(RoomPresence presence);

    /**
     * The user's membership in a room changed, by any means.
     *
     * @param seen the room as the user sees it now; null when it is hidden from the user or the user is banned
     */
    void membershipChanged(RoomId room, @Nullable Room seen);

    /**
     * Sends the seq of the last event that the connection was given, of followed rooms in which it has changed since
     * the last call, so that the client can detect missing events.
     */
    void heads(Map<RoomId, Long> heads);

    /** Time for the log-in, after which the connection is closed. */
    int loginTimeoutMs();

    /** True when the connection ends with the token of its log-in, which the client can renew. */
    boolean endsWithToken();
}

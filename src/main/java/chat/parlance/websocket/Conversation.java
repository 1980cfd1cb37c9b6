package chat.parlance.websocket;

import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** One connection's language. */
interface Conversation {

    Subprotocol subprotocol();

    byte[] encode(ServerFrame frame);

    /** Called once, when the connection is there. */
    void begin();

    /**
     * Acts on one message of the client. Nothing more is read from the client until the answer is complete, so that what
     * it sends takes effect in the order it was sent.
     */
    Future<?> receive(String text);

    /** The next events of a room that the connection follows. */
    void deliver(EventBatch batch);

    /** Something that is not of a room's sequence. */
    void signal(Signal.Shown signal);

    /** Who is in a room that the connection follows. */
    void presence(RoomPresence presence);

    /**
     * The user's standing in a room has changed, by whatever door.
     *
     * @param seen the room as the user sees it now, null when it is none that the user may know of or enter
     */
    void standingChanged(RoomId room, @Nullable Room seen);
}

package chat.parlance.websocket;

import chat.parlance.protocol.ServerFrame;
import io.vertx.core.Future;

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
}

package chat.parlance.connection;

import chat.parlance.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;

/** Port to the transport of one connection, which carries whole messages. Belongs to one event loop. */
public interface Channel {

    /** Listener of one connection to its channel, on its event loop. */
    interface Listener {

        void received(String text);

        /** The peer answered a ping. */
        void alive();

        /** The channel is closed; no more calls follow. Called once. */
        void closed();
    }

    void listen(Listener listener);

    /** Writes a message, which is sent at the end of this turn. A reader that is too far behind is cut. */
    void send(byte[] text);

    /**
     * Writes a message that is framed already (see {@link SharedFrames}), which is sent at the end of this turn, and
     * releases it. A reader that is too far behind is cut.
     */
    void write(ByteBuf frame);

    /** Address and port of the peer, for the log. */
    String peer();

    /** Completes when the peer has received most of what was written; never when it is gone. */
    Future<Void> writable();

    void ping();

    /** Sends the close code, and ends the connection. */
    void close(CloseCode code);

    /** Ends the connection without a close code, for a peer that does not read. */
    void abort();

    boolean isOpen();

    /** Pauses or resumes reading. While paused, the peer's bytes stay in the socket, which slows the peer down. */
    void pauseReading(boolean paused);
}

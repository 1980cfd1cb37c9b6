package chat.parlance.websocket;

import chat.parlance.protocol.CloseCode;

/** What the connections count. May be called from any event loop. */
public interface ConnectionMeters {

    void opened();

    void closed();

    /** The server cut a connection. */
    void cut(CloseCode code);

    /** A connection is read no further until some of its requests are answered. */
    void paused();

    /** A post was acknowledged, so long after it came. */
    void acknowledged(long nanoseconds);
}

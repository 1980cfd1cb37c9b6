package chat.parlance.connection;

import chat.parlance.protocol.CloseCode;

/** Counters of the connections. May be called from any event loop. */
public interface ConnectionMeters {

    void opened(LanguageName language);

    void closed(LanguageName language);

    /** The bytes queued for the slow readers of one event loop changed. */
    void queued(OutboundTotals before, OutboundTotals now);

    /** The server cut a connection. */
    void cut(CloseCode code);

    /** A connection is not read until some of its requests are answered. */
    void paused();

    /** A post was acknowledged, this long after it arrived. */
    void acknowledged(long nanoseconds);
}

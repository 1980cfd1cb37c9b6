package chat.parlance.limit;

/** What is limited. */
public enum Limit {
    /** What comes over one connection. */
    CONNECTION,
    /** What one user does, by whatever door and on whatever node. */
    USER,
    /** Connections that one user has open on a node. */
    USER_CONNECTIONS,
    /** Connections that are open on the public port. */
    CONNECTIONS,
    /** Connections that one address has open on the public port. */
    ADDRESS_CONNECTIONS,
    /** WebSockets that one address has open without a log-in. */
    UNPROVEN_CONNECTIONS,
    /** REST requests from one address. */
    ADDRESS,
    /** Requests from one address for files, and all others that are not REST. */
    FILES,
    /** WebSocket handshakes from one address. */
    HANDSHAKE,
    /** Log-ins from one address, good or bad. */
    LOGIN,
    /** New accounts from one address. */
    REGISTRATION
}

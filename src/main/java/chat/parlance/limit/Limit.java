package chat.parlance.limit;

/** Kinds of limits. */
public enum Limit {
    /** Messages over one connection. */
    CONNECTION,
    /** Messages of one user, over any protocol and node. */
    USER,
    /** Open connections of one user on a node. */
    USER_CONNECTIONS,
    /** Open connections of the public port. */
    CONNECTIONS,
    /** Open connections of one address on the public port. */
    ADDRESS_CONNECTIONS,
    /** Open WebSockets of one address without a log-in. */
    UNPROVEN_CONNECTIONS,
    /** REST requests from one address. */
    ADDRESS,
    /** Requests from one address for files, and all others outside REST. */
    FILES,
    /** WebSocket handshakes from one address. */
    HANDSHAKE,
    /** Log-ins from one address, successful or not. */
    LOGIN,
    /** New accounts from one address. */
    REGISTRATION
}

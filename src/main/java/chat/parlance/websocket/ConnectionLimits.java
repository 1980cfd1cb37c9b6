package chat.parlance.websocket;

import chat.parlance.protocol.ServerFrame;

/**
 * The bounds of one connection.
 *
 * @param maxTextBytes the longest text of a message, as the rooms check it
 * @param maxMessageBytes the longest message from a client, over all its fragments
 * @param maxFragments the most fragments of one message
 * @param outboundLimitBytes what may wait for a slow reader before it is cut with 1013
 * @param authTimeoutMs how long a JSON client may take to authenticate
 * @param lineLoginTimeoutMs how long a person in line mode may take to log in
 * @param pingIntervalMs how often the server pings
 * @param pongTimeoutMs how long the pong may take
 * @param presenceLeaseMs how long a user counts as present after it was heard of
 * @param maxPingsPerSecond more pings of a client are a flood
 * @param maxPendingRequests posts, joins and read markers that are not answered yet; at it the connection is read no
 *     further until some are
 * @param maxRefusals requests beyond the rate limit, less those within it; beyond it the connection is cut
 * @param lineWaitMs time that a line waits for the rate limits before the connection is cut
 * @param maxRooms rooms joined at once
 */
public record ConnectionLimits(
        int maxTextBytes,
        int maxMessageBytes,
        int maxFragments,
        int outboundLimitBytes,
        int authTimeoutMs,
        int lineLoginTimeoutMs,
        int pingIntervalMs,
        int pongTimeoutMs,
        int presenceLeaseMs,
        int maxPingsPerSecond,
        int maxPendingRequests,
        int maxRefusals,
        int lineWaitMs,
        int maxRooms) {

    /** The limits that a client needs to tell a user that a text is too long. */
    ServerFrame.Limits told() {
        return new ServerFrame.Limits(maxTextBytes, maxMessageBytes);
    }
}

package chat.parlance.connection;

import chat.parlance.model.Principal;
import chat.parlance.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of one connection.
 *
 * @param maxTextBytes the longest text of a message, as the rooms check it
 * @param maxMessageBytes the longest message from a client, over all its fragments
 * @param maxFragments the most fragments of one message
 * @param outboundLimitBytes bytes queued for a slow reader, beyond which it is cut with 1013
 * @param authTimeoutMs time for a JSON client to authenticate
 * @param lineLoginTimeoutMs time for a person in line mode to log in
 * @param pingIntervalMs from one ping of the server to the next
 * @param pongTimeoutMs time for the pong
 * @param presenceLeaseMs time that a user counts as present after its connection last sent anything
 * @param maxPingsPerSecond the most pings of a client; more are a flood
 * @param maxPendingRequests the most unanswered posts, joins and read markers; at the limit the connection is not read
 *     until some are answered
 * @param maxRefusals the most requests beyond the rate limit, less those within it; more cut the connection
 * @param lineWaitMs the longest wait of a line for the rate limits; a longer one cuts the connection
 * @param maxRooms the most rooms joined at once
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

    /**
     * First frame to a client that is authenticated. It has the limits of texts, so that the client can report one that
     * is too long.
     *
     * @param node the node's name, as clients see it
     */
    public ServerFrame.Welcome welcome(@Nullable String ref, String node, Principal principal) {
        return new ServerFrame.Welcome(
                ref,
                principal.user(),
                node,
                principal.session(),
                new ServerFrame.Limits(maxTextBytes, maxMessageBytes));
    }
}

package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.http.ClientAddress;
import chat.parlance.http.StrictServer;
import chat.parlance.limit.RateLimits;
import chat.parlance.limit.Slot;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Slots that a WebSocket holds in the limits of its client's address, from before the handshake until the connection is
 * closed.
 *
 * @param address slot of a connection behind a trusted proxy; the client's own connection was counted when it was
 *     accepted
 * @param unproven slot of a handshake without credentials, until the client has logged in
 */
record AddressSlots(Slot address, Slot unproven) {

    /**
     * Counts a handshake.
     *
     * @throws ChatException with {@code connection.limit}
     */
    static AddressSlots take(RoutingContext context, RateLimits rates, Subprotocol byPath) {
        HttpServerRequest request = context.request();
        String client = ClientAddress.of(context);
        Slot address = ClientAddress.isForwarded(context) ? rates.forwarded(client) : Slot.uncounted();
        try {
            AddressSlots slots =
                    new AddressSlots(address, isUnproven(request, byPath) ? rates.unproven(client) : Slot.uncounted());
            StrictServer.whenClosed(request.connection(), slots::end);
            return slots;
        } catch (ChatException refused) {
            address.close();
            throw refused;
        }
    }

    /**
     * True for a handshake without credentials that may wait long for its log-in: people in line mode have minutes.
     * Pages do not count; they send an origin and log in by their first frame within seconds.
     */
    private static boolean isUnproven(HttpServerRequest request, Subprotocol byPath) {
        boolean lines = byPath == Subprotocol.LINES
                || request.headers().getAll("Sec-WebSocket-Protocol").stream()
                        .anyMatch(offered -> offered.contains(Subprotocol.LINES.wireName()));
        return !request.headers().contains("Authorization")
                && (lines || !request.headers().contains("Origin"));
    }

    /** Closes both slots: the handshake was refused, or the connection is closed. */
    void end() {
        address.close();
        unproven.close();
    }
}

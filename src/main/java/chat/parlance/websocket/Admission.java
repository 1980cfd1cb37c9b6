package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.http.ClientAddress;
import chat.parlance.http.StrictServer;
import chat.parlance.limit.RateLimits;
import chat.parlance.limit.Slot;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Places that a WebSocket takes among those of its client's address, from before its handshake until its connection is closed.
 *
 * @param address taken when the connection is a trusted proxy's; a client's own was counted when it was accepted
 * @param unproven taken until the client has logged in, when it has sent no credentials with the handshake
 */
record Admission(Slot address, Slot unproven) {

    /**
     * Counts a handshake.
     *
     * @throws ChatException with {@code connection.limit}
     */
    static Admission take(RoutingContext context, RateLimits rates, Subprotocol byPath) {
        HttpServerRequest request = context.request();
        String client = ClientAddress.of(context);
        Slot address = ClientAddress.isForwarded(context) ? rates.forwarded(client) : Slot.uncounted();
        try {
            Admission admission =
                    new Admission(address, isUnproven(request, byPath) ? rates.unproven(client) : Slot.uncounted());
            StrictServer.whenClosed(request.connection(), admission::end);
            return admission;
        } catch (ChatException refused) {
            address.close();
            throw refused;
        }
    }

    /** Pages send an origin and log in by their first frame within seconds; people in line mode have minutes. */
    private static boolean isUnproven(HttpServerRequest request, Subprotocol byPath) {
        boolean lines = byPath == Subprotocol.LINES
                || request.headers().getAll("Sec-WebSocket-Protocol").stream()
                        .anyMatch(offered -> offered.contains(Subprotocol.LINES.wireName()));
        return !request.headers().contains("Authorization")
                && (lines || !request.headers().contains("Origin"));
    }

    /** Gives back what a client that has not logged in takes. */
    void proved() {
        unproven.close();
    }

    /** Gives back all: the handshake was refused, or the connection is closed. */
    void end() {
        address.close();
        unproven.close();
    }
}

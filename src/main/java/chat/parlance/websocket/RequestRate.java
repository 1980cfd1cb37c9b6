package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.limit.Cost;
import chat.parlance.limit.RateLimits;
import chat.parlance.model.Principal;
import chat.parlance.protocol.CloseCode;

/** Rate limits of one connection and of its user. Belongs to one event loop. */
final class RequestRate {

    private final EventLoop loop;
    private final Connection connection;
    private final RateLimits.ConnectionLimit own;
    private int refusals;

    RequestRate(EventLoop loop, Connection connection) {
        this.loop = loop;
        this.connection = connection;
        this.own = loop.rates().connection();
    }

    /**
     * Takes the cost of a request from the limits of the connection and of its user. A client that continues to exceed
     * them is cut.
     *
     * @throws ChatException with {@code rate.limited}
     */
    void take(Cost cost) {
        try {
            takeOfConnection(cost);
            takeOfUser(cost);
            refusals = Math.max(0, refusals - 1);
        } catch (ChatException refused) {
            if (++refusals > loop.limits().maxRefusals()) {
                connection.close(CloseCode.FLOOD);
            }
            throw refused;
        }
    }

    void takeOfConnection(Cost cost) {
        own.take(cost);
    }

    /** Takes the cost from the limit of the user, when the client has logged in. */
    void takeOfUser(Cost cost) {
        Principal principal = connection.principal();
        if (principal != null) {
            loop.rates().user(principal.user(), cost);
        }
    }
}

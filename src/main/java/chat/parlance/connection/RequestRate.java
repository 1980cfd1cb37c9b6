package chat.parlance.connection;

import chat.parlance.error.ChatException;
import chat.parlance.limit.Cost;
import chat.parlance.limit.RateLimits;
import chat.parlance.model.Principal;
import chat.parlance.protocol.CloseCode;

/** Rate limits of one connection and of its user. Belongs to one event loop. */
public final class RequestRate {

    private final RateLimits rates;
    private final RateLimits.ConnectionLimit own;
    private final int maxRefusals;
    private final Connection connection;
    private int refusals;

    public RequestRate(RateLimits rates, Connection connection) {
        this.rates = rates;
        this.own = rates.connection();
        this.maxRefusals = rates.excess().maxRefusals();
        this.connection = connection;
    }

    /**
     * Takes the cost of a request from the limits of the connection and of its user. A client that continues to exceed
     * them is cut.
     *
     * @throws ChatException with {@code rate.limited}
     */
    public void take(Cost cost) {
        try {
            takeOfConnection(cost);
            takeOfUser(cost);
            refusals = Math.max(0, refusals - 1);
        } catch (ChatException refused) {
            if (++refusals > maxRefusals) {
                connection.close(CloseCode.FLOOD);
            }
            throw refused;
        }
    }

    public void takeOfConnection(Cost cost) {
        own.take(cost);
    }

    /** Takes the cost from the limit of the user, when the client has logged in. */
    public void takeOfUser(Cost cost) {
        Principal principal = connection.principal();
        if (principal != null) {
            rates.user(principal.user(), cost);
        }
    }
}

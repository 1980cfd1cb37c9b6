package chat.parlance.websocket;

import chat.parlance.connection.Connection;
import chat.parlance.connection.Entrance;
import chat.parlance.error.ChatException;
import chat.parlance.http.Authentication;
import chat.parlance.http.ClientAddress;
import chat.parlance.http.Origins;
import chat.parlance.limit.RateLimits;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Handshakes of one event loop: checks them, and opens the connections of those that are accepted. */
final class Handshake {

    /** Opener of connections. */
    @FunctionalInterface
    interface Opener {
        Connection open(Upgraded upgraded);
    }

    /**
     * An accepted handshake.
     *
     * @param address of the client
     * @param principal identity from the credentials, null for a handshake without any
     */
    record Upgraded(
            HttpServerRequest request,
            String address,
            AddressSlots slots,
            Subprotocol subprotocol,
            Entrance entrance,
            @Nullable Principal principal) {}

    private final Origins origins;
    private final RateLimits rates;
    private final Authentication authentication;
    private final Runnable admission;
    private final Opener opener;

    /**
     * @param origins of the pages that may connect
     * @param admission throws a {@link ChatException} while the node takes no clients
     */
    Handshake(Origins origins, RateLimits rates, Authentication authentication, Runnable admission, Opener opener) {
        this.origins = origins;
        this.rates = rates;
        this.authentication = authentication;
        this.admission = admission;
        this.opener = opener;
    }

    /** @param byPath language of a client that names none */
    void upgrade(RoutingContext context, Subprotocol byPath) {
        HandshakeRules.check(context);
        HttpServerRequest request = context.request();
        origins.check(context);
        String address = ClientAddress.of(context);
        rates.handshake(address);
        admission.run();
        Entrance entrance = new Entrance(room(request), since(request));
        AddressSlots slots = AddressSlots.take(context, rates, byPath);
        request.pause();
        authentication
                .credentials(context)
                .onFailure(refused -> slots.end())
                .onFailure(context::fail)
                .onSuccess(found -> request.toWebSocket()
                        .onFailure(refused -> slots.end())
                        .onFailure(refused -> found.ifPresent(principal -> authentication.abandon(context, principal)))
                        .onSuccess(socket -> {
                            Connection connection = opener.open(new Upgraded(
                                    request, address, slots, chosen(socket, byPath), entrance, found.orElse(null)));
                            found.filter(principal -> Authentication.opensSession(context))
                                    .ifPresent(connection::own);
                        }));
    }

    private static Subprotocol chosen(ServerWebSocket socket, Subprotocol byPath) {
        return socket.subProtocol() == null ? byPath : Subprotocol.of(socket.subProtocol());
    }

    private static @Nullable RoomId room(HttpServerRequest request) {
        String room = request.getParam("room");
        return room == null ? null : RoomId.lookup(room);
    }

    private static @Nullable Since since(HttpServerRequest request) {
        String since = request.getParam("since");
        String stamp = request.getParam("stamp");
        if (since == null) {
            return null;
        }
        if (!since.matches("[0-9]{1,18}")) {
            throw ChatException.badRequest("The parameter since is not a whole number");
        }
        return new Since(Long.parseLong(since), stamp == null ? null : Stamp.parse(stamp));
    }
}

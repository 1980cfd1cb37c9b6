package chat.parlance.http;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.Requester;
import chat.parlance.auth.Tokens;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Principal;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/** Authentication of requests by their {@code Authorization} header, Bearer or Basic (RFC 6750, RFC 7617). */
public final class Authentication {

    private static final String BASIC = "Basic ";
    private static final String PRINCIPAL = "parlance.principal";

    private final AuthService auth;

    public Authentication(AuthService auth) {
        this.auth = auth;
    }

    /** Admits a request with a valid bearer token; {@link #principal} then returns its principal. */
    void require(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new ChatException(ErrorCode.AUTH_REQUIRED);
        }
        auth.authenticate(header.substring(7).strip())
                .onSuccess(principal -> {
                    context.put(PRINCIPAL, principal);
                    context.next();
                })
                .onFailure(context::fail);
    }

    static Requester requester(RoutingContext context) {
        String agent = context.request().getHeader("User-Agent");
        return requester(context, agent == null ? "" : agent);
    }

    private static Requester requester(RoutingContext context, String agent) {
        return new Requester(
                ClientAddress.of(context), agent, context.request().connection(), context.response()::closed);
    }

    static Principal principal(RoutingContext context) {
        return Objects.requireNonNull(context.get(PRINCIPAL));
    }

    /** Principal of a connection's header, empty without one. Basic opens a session of its own. */
    public Future<Optional<Principal>> credentials(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (header == null) {
            return Future.succeededFuture(Optional.empty());
        }
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return auth.recognize(header.substring(7).strip()).map(Optional::of);
        }
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return basic(header.substring(BASIC.length()).strip(), requester(context, ""))
                    .map(Optional::of);
        }
        return Future.failedFuture(new ChatException(ErrorCode.AUTH_REQUIRED));
    }

    /** Ends the session that Basic opened for a connection that failed. */
    public void abandon(RoutingContext context, Principal principal) {
        if (opensSession(context)) {
            auth.logOut(principal);
        }
    }

    /** True when the header is Basic, which opens a session for this connection alone. */
    public static boolean opensSession(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    private Future<Principal> basic(String encoded, Requester requester) {
        UserId user;
        String password;
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            user = new UserId(pair.substring(0, Math.max(0, colon)));
            password = pair.substring(colon + 1);
        } catch (IllegalArgumentException | ChatException malformed) {
            return Future.failedFuture(new ChatException(ErrorCode.AUTH_INVALID_CREDENTIALS));
        }
        return auth.logIn(user, password, requester).map(Tokens::principal);
    }
}

package chat.parlance.http;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.Requester;
import chat.parlance.auth.TokenHolder;
import chat.parlance.auth.Tokens;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.json.JsonFields;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Log-ins and their tokens. */
public final class AccountRoutes implements Operations {

    private final AuthService auth;
    private final RefreshCookie cookie;

    /** @param sessionSeconds lifetime of a session */
    public AccountRoutes(AuthService auth, long sessionSeconds) {
        this.auth = auth;
        this.cookie = new RefreshCookie(sessionSeconds);
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                "changePassword", this::changePassword,
                "logIn", this::logIn,
                "refreshSession", this::refresh,
                "logOut", this::logOut,
                "logOutEverywhere", this::logOutEverywhere);
    }

    private void changePassword(RoutingContext context) {
        JsonFields body = Responses.body(context);
        Responses.answer(
                context,
                auth.changePassword(
                        Authentication.principal(context),
                        body.string("password"),
                        body.string("newPassword"),
                        Authentication.requester(context)));
    }

    private void logIn(RoutingContext context) {
        JsonFields body = Responses.body(context);
        UserId user = knownShape(body.string("userId"));
        boolean inCookie = body.flag("refreshCookie");
        if (inCookie && !CrossOrigin.isCookieAllowed(context)) {
            throw new ChatException(
                    ErrorCode.ORIGIN_REFUSED,
                    "The refresh cookie is for pages of the server's own origin; log in without refreshCookie");
        }
        answer(context, auth.logIn(user, body.string("password"), Authentication.requester(context)), inCookie);
    }

    /** Renews tokens. A client whose token is in the cookie gets the next one there too. */
    private void refresh(RoutingContext context) {
        JsonFields body = Responses.body(context);
        String given = body.optionalString("refreshToken");
        String token = given == null ? RefreshCookie.read(context) : given;
        if (token == null) {
            throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN);
        }
        Requester requester = Authentication.requester(context);
        TokenHolder holder = new TokenHolder(
                given == null, body.optionalString("clientId", ""), requester.agent(), requester.address());
        answer(context, auth.refresh(token, holder), given == null);
    }

    private void logOut(RoutingContext context) {
        cookie.forget(context);
        Responses.answer(context, auth.logOut(Authentication.principal(context)));
    }

    private void logOutEverywhere(RoutingContext context) {
        cookie.forget(context);
        Responses.answer(context, auth.logOutEverywhere(Authentication.principal(context)));
    }

    private void answer(RoutingContext context, Future<Tokens> work, boolean inCookie) {
        Future<Tokens> done = inCookie ? work.onSuccess(tokens -> cookie.write(context, tokens)) : work;
        Responses.answer(context, 200, done, tokens -> tokens(tokens, inCookie));
    }

    /** Id from a path. One that no user can have is answered like an id without an account. */
    private static UserId knownShape(String userId) {
        try {
            return new UserId(userId);
        } catch (ChatException impossible) {
            throw new ChatException(ErrorCode.AUTH_INVALID_CREDENTIALS);
        }
    }

    private static byte[] tokens(Tokens tokens, boolean inCookie) {
        JsonObject answer = new JsonObject()
                .put("userId", tokens.principal().user().value())
                .put("accessToken", tokens.accessToken())
                .put("expiresInMs", TimeUnit.SECONDS.toMillis(tokens.expiresInSeconds()));
        if (!inCookie) {
            answer.put("refreshToken", tokens.refreshToken());
        }
        return answer.toBuffer().getBytes();
    }
}

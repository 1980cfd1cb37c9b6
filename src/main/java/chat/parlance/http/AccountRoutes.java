package chat.parlance.http;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.Tokens;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import chat.parlance.protocol.JsonFields;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Accounts and sessions. */
public final class AccountRoutes implements Operations {

    private final AuthService auth;

    public AccountRoutes(AuthService auth) {
        this.auth = auth;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                "register", this::register,
                "logIn", this::logIn,
                "refreshSession", this::refresh,
                "logOut", this::logOut);
    }

    private void logOut(RoutingContext context) {
        Answers.answer(context, auth.logOut(Authentication.principal(context)));
    }

    private void register(RoutingContext context) {
        JsonFields body = Answers.body(context);
        UserId user = new UserId(body.string("userId"));
        String name = body.string("name");
        Answers.answer(
                context,
                201,
                auth.register(user, body.string("password"), name, body.optionalString("email")),
                done -> new JsonObject()
                        .put("userId", user.value())
                        .put("name", name.strip())
                        .toBuffer()
                        .getBytes());
    }

    private void logIn(RoutingContext context) {
        JsonFields body = Answers.body(context);
        UserId user = knownShape(body.string("userId"));
        Answers.answer(
                context,
                200,
                auth.logIn(user, body.string("password"), Authentication.address(context)),
                AccountRoutes::tokens);
    }

    private void refresh(RoutingContext context) {
        Answers.answer(context, 200, auth.refresh(Answers.body(context).string("refreshToken")), AccountRoutes::tokens);
    }

    /** An id that nobody can have is answered as one that nobody has. */
    private static UserId knownShape(String userId) {
        try {
            return new UserId(userId);
        } catch (ChatException impossible) {
            throw new ChatException(ErrorCode.AUTH_INVALID_CREDENTIALS);
        }
    }

    private static byte[] tokens(Tokens tokens) {
        return new JsonObject()
                .put("userId", tokens.principal().user().value())
                .put("accessToken", tokens.accessToken())
                .put("refreshToken", tokens.refreshToken())
                .put("expiresIn", tokens.expiresInSeconds())
                .toBuffer()
                .getBytes();
    }
}

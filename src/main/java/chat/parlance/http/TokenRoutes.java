package chat.parlance.http;

import chat.parlance.account.IssuedTokens;
import chat.parlance.json.JsonFields;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import chat.parlance.model.ServerRole;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Personal and bot tokens, and bots. */
public final class TokenRoutes implements Operations {

    private static final long DEFAULT_LIFE_MS = Duration.ofDays(90).toMillis();

    private final IssuedTokens tokens;

    public TokenRoutes(IssuedTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                "listTokens", this::list,
                "makeToken", this::make,
                "revokeToken", this::revoke,
                "makeBot", this::makeBot);
    }

    private void list(RoutingContext context) {
        String user = context.request().getParam("userId");
        Responses.answer(
                context,
                200,
                tokens.list(AdministrationRoutes.actor(context), user == null ? self(context) : new UserId(user)),
                found -> AccountJson.list("tokens", found, AccountJson::of));
    }

    private void make(RoutingContext context) {
        JsonFields body = Responses.body(context);
        String user = body.optionalString("userId");
        IssuedTokens.Wanted wanted = new IssuedTokens.Wanted(
                user == null ? self(context) : new UserId(user),
                body.string("name"),
                body.strings("scopes").stream().map(Scope::of).collect(Collectors.toSet()),
                body.strings("roomIds").stream().map(RoomId::new).toList(),
                Duration.ofMillis(Objects.requireNonNullElse(body.optionalSeq("expiresInMs"), DEFAULT_LIFE_MS)));
        Responses.answer(
                context,
                201,
                tokens.make(AdministrationRoutes.actor(context), wanted),
                made -> AccountJson.of(made.token())
                        .put("token", made.secret().text())
                        .toBuffer()
                        .getBytes());
    }

    private void revoke(RoutingContext context) {
        SessionId token = new SessionId(UUID.fromString(context.pathParam("tokenId")));
        Responses.answer(context, tokens.revoke(AdministrationRoutes.actor(context), token));
    }

    private void makeBot(RoutingContext context) {
        JsonFields body = Responses.body(context);
        String owner = body.optionalString("botOwner");
        Responses.answer(
                context,
                201,
                tokens.makeBot(
                        AdministrationRoutes.actor(context),
                        new UserId(body.string("userId")),
                        body.string("name"),
                        ServerRole.of(body.optionalString("serverRole", ServerRole.MEMBER.wireName())),
                        owner == null ? null : new UserId(owner)),
                bot -> AccountJson.of(bot).toBuffer().getBytes());
    }

    private static UserId self(RoutingContext context) {
        return Authentication.principal(context).user();
    }
}

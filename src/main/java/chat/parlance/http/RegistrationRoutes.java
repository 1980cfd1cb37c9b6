package chat.parlance.http;

import chat.parlance.account.AccountService;
import chat.parlance.account.Registrations;
import chat.parlance.auth.NewPasswords;
import chat.parlance.json.JsonFields;
import chat.parlance.json.ResourceCodec;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;

/** New accounts, the codes of links, and the caller's own account. */
public final class RegistrationRoutes implements Operations {

    private final Registrations registrations;
    private final AccountService accounts;

    public RegistrationRoutes(Registrations registrations, AccountService accounts) {
        this.registrations = registrations;
        this.accounts = accounts;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                "getRegistration", this::policy,
                "register", this::register,
                "createFirstOwner", this::createFirstOwner,
                "resetPassword", this::resetPassword,
                "getAccount", this::own);
    }

    private void policy(RoutingContext context) {
        JsonObject answer = new JsonObject()
                .put("registration", registrations.policy().name().toLowerCase(Locale.ROOT));
        Responses.send(context, 200, answer.toBuffer().getBytes());
    }

    private void register(RoutingContext context) {
        JsonFields body = Responses.body(context);
        answer(
                context,
                registrations.register(
                        wanted(body), body.optionalString("linkCode"), Authentication.requester(context)));
    }

    private void createFirstOwner(RoutingContext context) {
        JsonFields body = Responses.body(context);
        answer(
                context,
                registrations.createFirstOwner(
                        wanted(body), body.string("linkCode"), Authentication.requester(context)));
    }

    private void resetPassword(RoutingContext context) {
        JsonFields body = Responses.body(context);
        Responses.answer(
                context,
                registrations.resetPassword(
                        body.string("linkCode"), body.string("newPassword"), Authentication.requester(context)));
    }

    private void own(RoutingContext context) {
        Responses.answer(
                context,
                200,
                accounts.own(Authentication.principal(context).user()),
                account -> AccountJson.of(account).toBuffer().getBytes());
    }

    private static NewPasswords.Wanted wanted(JsonFields body) {
        return new NewPasswords.Wanted(
                new UserId(body.string("userId")),
                body.string("password"),
                body.string("name"),
                body.optionalString("email"));
    }

    private static void answer(RoutingContext context, Future<User> made) {
        Responses.answer(context, 201, made, ResourceCodec::encode);
    }
}

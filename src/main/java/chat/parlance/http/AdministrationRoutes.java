package chat.parlance.http;

import chat.parlance.account.AccountChange;
import chat.parlance.account.AccountFilter;
import chat.parlance.account.AccountService;
import chat.parlance.account.Actor;
import chat.parlance.json.JsonFields;
import chat.parlance.json.ResourceCodec;
import chat.parlance.model.RoomId;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import chat.parlance.room.RoomService;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Acts of administrators on accounts and rooms, and the audit trail. */
public final class AdministrationRoutes implements Operations {

    private final AccountService accounts;
    private final RoomService rooms;

    public AdministrationRoutes(AccountService accounts, RoomService rooms) {
        this.accounts = accounts;
        this.rooms = rooms;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                "listAccounts", this::list,
                "getUserAccount", this::get,
                "changeAccount", this::change,
                "endSessionsOfUser", this::endSessions,
                "makePasswordReset", this::makeReset,
                "joinAnyRoom", this::joinAny,
                "listAudit", this::listAudit);
    }

    private void list(RoutingContext context) {
        String disabled = context.request().getParam("disabled");
        Responses.answer(
                context,
                200,
                accounts.list(
                        actor(context),
                        new AccountFilter(
                                context.request().getParam("q", ""),
                                role(context.request().getParam("serverRole")),
                                disabled == null ? null : Boolean.valueOf(disabled)),
                        context.request().getParam("afterId", ""),
                        Parameters.limit(context)),
                found -> AccountJson.list("accounts", found, AccountJson::of));
    }

    private void get(RoutingContext context) {
        Responses.answer(
                context,
                200,
                accounts.find(actor(context), user(context)),
                account -> AccountJson.of(account).toBuffer().getBytes());
    }

    private void change(RoutingContext context) {
        JsonFields body = Responses.body(context);
        AccountChange change =
                new AccountChange(role(body.optionalString("serverRole")), body.optionalFlag("disabled"));
        Responses.answer(
                context,
                200,
                accounts.change(actor(context), user(context), change),
                account -> AccountJson.of(account).toBuffer().getBytes());
    }

    private void endSessions(RoutingContext context) {
        Responses.answer(context, accounts.endSessions(actor(context), user(context)));
    }

    private void makeReset(RoutingContext context) {
        Responses.answer(
                context,
                201,
                accounts.makeReset(actor(context), user(context)),
                code -> new JsonObject()
                        .put("linkCode", code.text())
                        .put("expiresAt", ResourceCodec.time(Instant.now().plus(AccountService.RESET_LIFE)))
                        .toBuffer()
                        .getBytes());
    }

    private void joinAny(RoutingContext context) {
        RoomId room = new RoomId(context.pathParam("roomId"));
        Responses.answer(
                context,
                rooms.joinAny(Authentication.principal(context).user(), room).mapEmpty());
    }

    private void listAudit(RoutingContext context) {
        Long before = Parameters.number(context, "beforeId");
        Responses.answer(
                context,
                200,
                accounts.auditBefore(
                        actor(context),
                        before == null ? Long.MAX_VALUE : before,
                        context.request().getParam("action"),
                        Parameters.limit(context)),
                entries -> AccountJson.list("entries", entries, AccountJson::of));
    }

    static Actor actor(RoutingContext context) {
        return new Actor(Authentication.principal(context).user());
    }

    private static UserId user(RoutingContext context) {
        return new UserId(context.pathParam("userId"));
    }

    private static @Nullable ServerRole role(@Nullable String wireName) {
        return wireName == null ? null : ServerRole.of(wireName);
    }
}

package chat.parlance.http;

import chat.parlance.account.InviteService;
import chat.parlance.json.JsonFields;
import chat.parlance.model.RoomId;
import chat.parlance.model.ServerRole;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invites to the server. */
public final class InviteRoutes implements Operations {

    private static final long DEFAULT_LIFE_MS = Duration.ofDays(7).toMillis();

    private final InviteService invites;

    public InviteRoutes(InviteService invites) {
        this.invites = invites;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of("listInvites", this::list, "makeInvite", this::make, "revokeInvite", this::revoke);
    }

    private void list(RoutingContext context) {
        Responses.answer(
                context,
                200,
                invites.list(AdministrationRoutes.actor(context), Parameters.limit(context)),
                found -> AccountJson.list("invites", found, AccountJson::of));
    }

    private void make(RoutingContext context) {
        JsonFields body = Responses.body(context);
        InviteService.Wanted wanted = new InviteService.Wanted(
                ServerRole.of(body.optionalString("serverRole", ServerRole.MEMBER.wireName())),
                (int) number(body.optionalSeq("maxUses"), 1),
                Duration.ofMillis(number(body.optionalSeq("expiresInMs"), DEFAULT_LIFE_MS)),
                body.strings("roomIds").stream().map(RoomId::new).toList());
        Responses.answer(
                context,
                201,
                invites.make(AdministrationRoutes.actor(context), wanted),
                made -> AccountJson.of(made.invite())
                        .put("linkCode", made.code().text())
                        .toBuffer()
                        .getBytes());
    }

    private void revoke(RoutingContext context) {
        UUID invite = UUID.fromString(context.pathParam("inviteId"));
        Responses.answer(context, invites.revoke(AdministrationRoutes.actor(context), invite));
    }

    private static long number(@Nullable Long given, long otherwise) {
        return Objects.requireNonNullElse(given, otherwise);
    }
}

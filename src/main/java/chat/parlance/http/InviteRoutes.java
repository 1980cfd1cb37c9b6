package chat.parlance.http;

import chat.parlance.account.InviteService;
import chat.parlance.error.ChatException;
import chat.parlance.json.JsonFields;
import chat.parlance.model.RoomId;
import chat.parlance.model.ServerRole;
import io.nayuki.qrcodegen.QrCode;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invites to the server, and QR codes of their links. */
public final class InviteRoutes implements Operations {

    private static final long DEFAULT_LIFE_MS = Duration.ofDays(7).toMillis();

    private final InviteService invites;

    public InviteRoutes(InviteService invites) {
        this.invites = invites;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                "listInvites", this::list,
                "makeInvite", this::make,
                "revokeInvite", this::revoke,
                "makeQrCode", this::makeQrCode);
    }

    private void list(RoutingContext context) {
        Responses.answer(
                context,
                200,
                invites.list(AdministrationRoutes.actor(context), after(context), Parameters.limit(context)),
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

    private void makeQrCode(RoutingContext context) {
        String text = Responses.body(context).string("text");
        Responses.answer(
                context, 200, invites.requireInviter(AdministrationRoutes.actor(context)), allowed -> rows(text));
    }

    /** Modules of the code by rows, {@code 1} for dark ones. A scanner can miss about 15 % of them. */
    private static byte[] rows(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        JsonArray rows = new JsonArray();
        for (int y = 0; y < code.size; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < code.size; x++) {
                row.append(code.getModule(x, y) ? '1' : '0');
            }
            rows.add(row.toString());
        }
        return new JsonObject().put("rows", rows).toBuffer().getBytes();
    }

    private static @Nullable UUID after(RoutingContext context) {
        String id = context.request().getParam("afterId", "");
        try {
            return id.isEmpty() ? null : UUID.fromString(id);
        } catch (IllegalArgumentException other) {
            throw ChatException.badRequest("afterId must be the id of an invite");
        }
    }

    private static long number(@Nullable Long given, long otherwise) {
        return Objects.requireNonNullElse(given, otherwise);
    }
}

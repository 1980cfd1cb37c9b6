package chat.parlance.http;

import chat.parlance.account.Account;
import chat.parlance.account.AuditEntry;
import chat.parlance.account.Invite;
import chat.parlance.account.IssuedToken;
import chat.parlance.json.ResourceCodec;
import chat.parlance.model.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** JSON of accounts, invites and the audit trail. */
public final class AccountJson {

    private AccountJson() {}

    static JsonObject of(Account account) {
        JsonObject json = new JsonObject()
                .put("userId", account.user().value())
                .put("name", account.name())
                .put("serverRole", account.role().wireName())
                .put("disabled", account.disabled())
                .put("createdAt", ResourceCodec.time(account.createdAt()));
        if (account.botOwner() != null) {
            json.put("bot", true).put("botOwner", account.botOwner().value());
        }
        if (account.email() != null) {
            json.put("email", account.email());
        }
        if (account.usedAt() != null) {
            json.put("usedAt", ResourceCodec.time(account.usedAt()));
        }
        return json;
    }

    static JsonObject of(Invite invite) {
        JsonArray rooms = new JsonArray();
        invite.rooms().forEach(room -> rooms.add(room.value()));
        JsonObject json = new JsonObject()
                .put("inviteId", invite.id().toString())
                .put("serverRole", invite.role().wireName())
                .put("roomIds", rooms)
                .put("useCount", invite.uses())
                .put("maxUses", invite.maxUses())
                .put("createdAt", ResourceCodec.time(invite.madeAt()))
                .put("expiresAt", ResourceCodec.time(invite.expiresAt()));
        if (invite.madeBy() != null) {
            json.put("createdBy", invite.madeBy().value());
        }
        return json;
    }

    static JsonObject of(IssuedToken token) {
        JsonArray scopes = new JsonArray();
        token.grant().scopes().stream().sorted().forEach(scope -> scopes.add(scope.wireName()));
        JsonArray rooms = new JsonArray();
        token.grant().rooms().stream().map(RoomId::value).sorted().forEach(rooms::add);
        JsonObject json = new JsonObject()
                .put("tokenId", token.id().toString())
                .put("userId", token.user().value())
                .put("name", token.name())
                .put("scopes", scopes)
                .put("roomIds", rooms)
                .put("createdAt", ResourceCodec.time(token.createdAt()))
                .put("expiresAt", ResourceCodec.time(token.expiresAt()));
        if (token.usedAt() != null) {
            json.put("usedAt", ResourceCodec.time(token.usedAt()));
        }
        return json;
    }

    /** An entry of the audit trail; the command line prints it as a line. */
    public static JsonObject of(AuditEntry entry) {
        JsonObject json = new JsonObject().put("auditId", entry.id()).put("at", ResourceCodec.time(entry.at()));
        if (entry.actor() != null) {
            json.put("actor", entry.actor());
        }
        json.put("action", entry.action()).put("subject", entry.subject());
        if (!entry.detail().isEmpty()) {
            json.put("detail", entry.detail());
        }
        return json;
    }

    static <T> byte[] list(String name, List<T> all, Function<T, JsonObject> encode) {
        JsonArray array = new JsonArray();
        all.forEach(one -> array.add(encode.apply(one)));
        return new JsonObject().put(name, array).toBuffer().getBytes();
    }
}

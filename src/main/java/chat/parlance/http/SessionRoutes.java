package chat.parlance.http;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.OpenSession;
import chat.parlance.json.ResourceCodec;
import chat.parlance.model.Principal;
import chat.parlance.model.SessionId;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sessions of the user. */
public final class SessionRoutes implements Operations {

    private final AuthService auth;

    public SessionRoutes(AuthService auth) {
        this.auth = auth;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of("listSessions", this::list, "endSession", this::end);
    }

    private void list(RoutingContext context) {
        Principal principal = Authentication.principal(context);
        Responses.answer(context, 200, auth.sessions(principal), open -> encode(open, principal.session()));
    }

    private void end(RoutingContext context) {
        SessionId session = new SessionId(UUID.fromString(context.pathParam("sessionId")));
        Responses.answer(context, auth.endSession(Authentication.principal(context), session));
    }

    private static byte[] encode(List<OpenSession> open, SessionId current) {
        JsonArray sessions = new JsonArray();
        open.forEach(session -> sessions.add(new JsonObject()
                .put("sessionId", session.id().toString())
                .put("createdAt", ResourceCodec.time(session.createdAt()))
                .put("usedAt", ResourceCodec.time(session.usedAt()))
                .put("agent", session.agent())
                .put("current", session.id().equals(current))));
        return new JsonObject().put("sessions", sessions).toBuffer().getBytes();
    }
}

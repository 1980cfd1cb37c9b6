package chat.parlance.websocket;

import chat.parlance.auth.AuthService;
import chat.parlance.connection.Connection;
import chat.parlance.connection.Connections;
import chat.parlance.model.Principal;
import chat.parlance.model.SessionId;
import chat.parlance.protocol.CloseCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Closes the connections of one event loop whose session has ended. */
final class SessionSweep {

    private final AuthService auth;
    private final Connections connections;

    SessionSweep(AuthService auth, Connections connections) {
        this.auth = auth;
        this.connections = connections;
    }

    boolean isRevoked(@Nullable Principal principal) {
        return principal != null && auth.isRevoked(principal.session());
    }

    /** Closes connections whose session is known to be revoked. */
    void closeRevoked() {
        connections.of(this::isRevoked).forEach(connection -> connection.close(CloseCode.UNAUTHENTICATED));
    }

    /** Looks up the sessions of all connections in the database, and closes connections whose session has ended. */
    void closeEnded() {
        Map<SessionId, List<Connection>> bySession = connections.of(principal -> true).stream()
                .collect(Collectors.groupingBy(connection ->
                        Objects.requireNonNull(connection.principal()).session()));
        if (!bySession.isEmpty()) {
            auth.active(bySession.keySet())
                    .onSuccess(active -> bySession.forEach((session, ofSession) -> {
                        if (!active.contains(session)) {
                            ofSession.forEach(connection -> connection.close(CloseCode.UNAUTHENTICATED));
                        }
                    }));
        }
    }
}

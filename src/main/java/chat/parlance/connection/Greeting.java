package chat.parlance.connection;

import chat.parlance.model.Principal;
import chat.parlance.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * First frame to a client that has logged in. It has the limits of texts, so that the client can report one that is too long.
 *
 * @param node the node's name, as clients see it
 */
public record Greeting(String node, ServerFrame.Limits limits) {

    public ServerFrame.Welcome to(@Nullable String ref, Principal principal) {
        return new ServerFrame.Welcome(ref, principal.user(), node, principal.session(), limits);
    }
}

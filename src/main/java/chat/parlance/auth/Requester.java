package chat.parlance.auth;

import java.util.function.BooleanSupplier;

/**
 * A client that requests an account, a session or a new password.
 *
 * @param address the address that the request comes from
 * @param agent the program's name for itself, for the user's list of sessions; may be empty
 * @param connection identity of its connection, which may have a few hashes in the queue at once
 * @param gone true when the connection is closed, so that no answer can be sent; called on any thread
 */
public record Requester(String address, String agent, Object connection, BooleanSupplier gone) {

    boolean isGone() {
        return gone.getAsBoolean();
    }
}

package chat.parlance.auth;

import java.util.Optional;

/**
 * Client that presents a refresh token, to distinguish it from another one that presents the same token. A browser
 * sends its cookie for all of its tabs, and scripts cannot read it; a program identifies itself by a random text that
 * it keeps beside the token. The client's address is not compared: an answer is often lost because the address changes.
 *
 * @param inCookie true when the token was in the cookie
 * @param client random text that the client sends with each refresh of a session; empty when it sends none
 * @param agent the program's name for itself; may be empty
 * @param address of the client
 */
public record TokenHolder(boolean inCookie, String client, String agent, String address) {

    /** Digest by which the store compares clients; empty when the client cannot be distinguished from others. */
    Optional<byte[]> mark() {
        return inCookie || !client.isEmpty()
                ? Optional.of(TokenService.digest(String.join("\n", inCookie ? "cookie" : "body", client, agent)))
                : Optional.empty();
    }
}

package chat.parlance.auth;

import chat.parlance.model.Principal;

/**
 * The answer to a log-in.
 *
 * @param expiresInSeconds how long the access token is good for
 * @param refreshToken good once, for the next pair
 */
public record Tokens(Principal principal, String accessToken, String refreshToken, int expiresInSeconds) {}

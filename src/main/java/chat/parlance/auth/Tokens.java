package chat.parlance.auth;

import chat.parlance.model.Principal;

/**
 * The answer to a log-in.
 *
 * @param expiresInSeconds time that the access token is valid
 * @param refreshToken valid once, for the next pair
 */
public record Tokens(Principal principal, String accessToken, String refreshToken, int expiresInSeconds) {}

package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Refresh token: a part that all tokens of a session have, its family, and a part that is good once, both random. By the family a
 * used token is recognised for as long as its session lives, although the store keeps no more than the newest token and the one
 * before it (RFC 9700, 4.14.2).
 *
 * @param text token as the client has it
 */
public record RefreshToken(String text) {

    private static final int FAMILY_BYTES = 16;
    private static final int ONCE_BYTES = 32;

    /** Length of the family in base64url. */
    private static final int FAMILY_LENGTH = 22;

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{65}");

    /** @throws ChatException with {@code auth.invalid_token} for a text that is no refresh token */
    public RefreshToken {
        if (!SHAPE.matcher(text).matches()) {
            throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN);
        }
    }

    /** First token of a session. */
    static RefreshToken first(SecureRandom random) {
        return new RefreshToken(encode(bytes(random, FAMILY_BYTES)) + encode(bytes(random, ONCE_BYTES)));
    }

    /**
     * Gives a token of the same family.
     *
     * @param once its other part, of 32 bytes
     */
    RefreshToken next(byte[] once) {
        return new RefreshToken(text.substring(0, FAMILY_LENGTH) + encode(once));
    }

    /** Digest by which the store finds the session. Parts of a token are random, so a plain digest cannot be guessed back. */
    public byte[] familyDigest() {
        return TokenService.digest(text.substring(0, FAMILY_LENGTH));
    }

    /** Digest by which the store knows this token among those of its family. */
    public byte[] digest() {
        return TokenService.digest(text);
    }

    /** The token is a secret, which no log line may have. */
    @Override
    public String toString() {
        return "refresh token";
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

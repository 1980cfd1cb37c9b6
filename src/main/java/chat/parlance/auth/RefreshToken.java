package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Refresh token with two random parts: the family, which all tokens of a session share, and a part for one use. The
 * family identifies a used token as long as its session lives, although the store keeps only the newest token and the
 * one before it (RFC 9700, 4.14.2).
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
     * Creates the next token of the same family.
     *
     * @param once its one-use part, of 32 bytes
     */
    RefreshToken next(byte[] once) {
        return new RefreshToken(text.substring(0, FAMILY_LENGTH) + encode(once));
    }

    /**
     * Digest by which the store finds the session. Parts of a token are random, so a plain digest cannot be reversed by
     * guessing.
     */
    public byte[] familyDigest() {
        return TokenService.digest(text.substring(0, FAMILY_LENGTH));
    }

    /** Digest by which the store identifies this token within its family. */
    public byte[] digest() {
        return TokenService.digest(text);
    }

    /** Hides the token, which is a secret that must not be logged. */
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

package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Personal or bot token: a prefix that scanners of secrets recognise, 30 random characters in base62 (178 bits), and six
 * with the CRC-32 of all before them. A mistyped or invented token is refused without a query of the store.
 *
 * @param text the token as its owner has it
 */
public record AccessToken(String text) {

    /** Kinds of tokens. */
    public enum Kind {
        /** Token of a person. */
        PAT,
        /** Token of a bot. */
        BOT;

        private String prefix() {
            return COMMON_PREFIX + name().toLowerCase(Locale.ROOT) + "_";
        }
    }

    private static final String COMMON_PREFIX = "parlance_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_LENGTH = 30;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern SHAPE =
            Pattern.compile("%s(?:pat|bot)_[0-9A-Za-z]{%d}".formatted(COMMON_PREFIX, SECRET_LENGTH + CHECKSUM_LENGTH));

    /** True when a bearer token is one of these, rather than that of a log-in. */
    static boolean isOne(String bearer) {
        return bearer.startsWith(COMMON_PREFIX);
    }

    /** Makes a token. */
    public static AccessToken make(Kind kind, SecureRandom random) {
        StringBuilder text = new StringBuilder(kind.prefix());
        random.ints(SECRET_LENGTH, 0, DIGITS.length()).forEach(digit -> text.append(DIGITS.charAt(digit)));
        return new AccessToken(text + checksum(text.toString()));
    }

    /**
     * Reads a token.
     *
     * @throws ChatException with {@code auth.invalid_token} for a text of another form, or with a wrong checksum
     */
    static AccessToken parse(String typed) {
        int secretEnd = typed.length() - CHECKSUM_LENGTH;
        if (!SHAPE.matcher(typed).matches()
                || !checksum(typed.substring(0, secretEnd)).equals(typed.substring(secretEnd))) {
            throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN);
        }
        return new AccessToken(typed);
    }

    /** Digest by which the store finds the token. The token is random, so a plain digest cannot be reversed by guessing. */
    public byte[] digest() {
        return TokenService.digest(text);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }

    /** Hides the token, which is a secret that must not be logged. */
    @Override
    public String toString() {
        return "access token";
    }
}

package chat.parlance.account;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/**
 * Secret of a link: 256 random bits after a prefix that says what it opens, so that a scanner for secrets recognises one.
 *
 * @param text code as a person has it, such as {@code invite-…}
 */
public record LinkCode(String text) {

    /** Uses of codes. */
    public enum Kind {
        INVITE,
        PASSWORD,
        OWNER;

        private String prefix() {
            return name().toLowerCase(Locale.ROOT) + "-";
        }
    }

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Makes a code. */
    static LinkCode make(Kind kind) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new LinkCode(
                kind.prefix() + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * Reads a code.
     *
     * @throws ChatException with {@code link.invalid} for a text that is no code of this kind
     */
    static LinkCode parse(Kind kind, String typed) {
        String text = typed.strip();
        if (!text.matches(kind.prefix() + "[A-Za-z0-9_-]{43}")) {
            throw new ChatException(ErrorCode.LINK_INVALID);
        }
        return new LinkCode(text);
    }

    /** Digest by which the store finds the link. The code is random, so a plain digest cannot be reversed by guessing. */
    public byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Hides the code, which is a secret that must not be logged. */
    @Override
    public String toString() {
        return "link code";
    }
}

package chat.parlance.model;

import chat.parlance.error.ChatException;

/**
 * Random mark of one stored event: 48 bits, generated when the event is stored and never reused. A seq that is
 * allocated again, after a restored backup or a failover that lost commits, gets another stamp, so a seq with its stamp
 * always names one event. On the wire it is eight characters of base64url (RFC 4648, section 5).
 *
 * @param value 1 to 2^48 - 1, or 0 in {@link #NONE}
 */
public record Stamp(long value) {

    /** Stamp in place of an event before the first one of a room. */
    public static final Stamp NONE = new Stamp(0);

    private static final int BITS = 48;
    private static final int BITS_OF_A_CHARACTER = 6;
    private static final int LENGTH = BITS / BITS_OF_A_CHARACTER;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public Stamp {
        if (value < 0 || value >>> BITS != 0) {
            throw new IllegalArgumentException("stamp " + value);
        }
    }

    /** @throws ChatException with {@code bad_request} when it is not the text of a stamp */
    public static Stamp parse(String text) {
        if (text.length() != LENGTH) {
            throw malformed();
        }
        long value = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw malformed();
            }
            value = value << BITS_OF_A_CHARACTER | digit;
        }
        return new Stamp(value);
    }

    private static ChatException malformed() {
        return ChatException.badRequest("A stamp has 8 characters of A-Z, a-z, 0-9, - and _");
    }

    /** Text on the wire. */
    @Override
    public String toString() {
        char[] text = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int shift = BITS - BITS_OF_A_CHARACTER * (i + 1);
            text[i] = ALPHABET.charAt((int) (value >>> shift) & (1 << BITS_OF_A_CHARACTER) - 1);
        }
        return new String(text);
    }
}

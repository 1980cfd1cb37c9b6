package chat.parlance.http;

import java.nio.ByteBuffer;

/** The target of a request (RFC 9112, 3.2): a path with a query, alone or after an origin, or an asterisk for the server. */
final class RequestTarget {

    static final String SERVER = "*";

    private static final int HEXADECIMAL = 16;

    private RequestTarget() {}

    /** True for a path and query in percent-encoded UTF-8 without the character NUL, which Postgres does not store. */
    static boolean isWellFormed(String target) {
        return (target.startsWith("/") || target.startsWith("http://") || target.startsWith("https://"))
                && target.indexOf('#') < 0
                && (target.indexOf('%') < 0 || isText(target));
    }

    private static boolean isText(String target) {
        ByteBuffer bytes = ByteBuffer.allocate(target.length());
        for (int i = 0; i < target.length(); i++) {
            int character = target.charAt(i);
            if (character == '%') {
                int octet = octet(target, i + 1);
                if (octet <= 0) {
                    return false;
                }
                bytes.put((byte) octet);
                i += 2;
            } else {
                bytes.put((byte) character);
            }
        }
        return Utf8.decode(bytes.flip()).isPresent();
    }

    /** The octet of two hexadecimal digits, -1 when there are no two. */
    private static int octet(String target, int from) {
        if (target.length() < from + 2) {
            return -1;
        }
        int high = Character.digit(target.charAt(from), HEXADECIMAL);
        int low = Character.digit(target.charAt(from + 1), HEXADECIMAL);
        return high < 0 || low < 0 ? -1 : high * HEXADECIMAL + low;
    }
}

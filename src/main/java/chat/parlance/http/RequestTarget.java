package chat.parlance.http;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Target of a request (RFC 9112, 3.2).
 *
 * @param path path and query, which begin with a slash, or {@link #SERVER}
 * @param authority of a target in absolute form, null for one in origin form
 */
record RequestTarget(String path, @Nullable String authority) {

    /** The whole server, for OPTIONS. */
    static final String SERVER = "*";

    /** Paths of documents that end with a slash. */
    private static final Set<String> FOLDERS = Set.of("/", ReferenceRoutes.FOLDER);

    private static final Pattern EMPTY_OR_DOT_SEGMENT = Pattern.compile("(?i)/(?:\\.|%2e){0,2}(?:/|$)");

    private static final Pattern ABSOLUTE = Pattern.compile("(?i)http(?<tls>s)?://(?<authority>[^/?]*)(?<path>.*)");
    private static final int HEXADECIMAL = 16;

    /** Refusal of a request for a resource that this server cannot have (RFC 9110, 7.4). */
    static final class MisdirectedException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        MisdirectedException() {
            super("a resource of https on a connection without TLS");
        }
    }

    /**
     * Reads a target of origin form, absolute form or asterisk form.
     *
     * @throws MisdirectedException for a resource of https
     * @throws IllegalArgumentException for a target of none of these forms, or with a fragment, which is for the client
     *     alone
     */
    static RequestTarget parse(HttpMethod method, String target) {
        if (target.indexOf('#') >= 0) {
            throw new IllegalArgumentException("a target with a fragment");
        }
        boolean isOptions = method.equals(HttpMethod.OPTIONS);
        if (target.startsWith("/") || (isOptions && target.equals(SERVER))) {
            return new RequestTarget(target, null);
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches()) {
            throw new IllegalArgumentException("a target that is neither a path nor an address of http");
        }
        if (absolute.group("tls") != null) {
            throw new MisdirectedException();
        }
        String path = absolute.group("path");
        if (path.isEmpty() && isOptions) {
            return new RequestTarget(SERVER, absolute.group("authority"));
        }
        return new RequestTarget(path.startsWith("/") ? path : "/" + path, absolute.group("authority"));
    }

    /** True for a path and query in percent-encoded UTF-8 without the character NUL, which Postgres does not store. */
    static boolean isText(String path) {
        if (path.indexOf('%') < 0) {
            return true;
        }
        ByteBuffer bytes = ByteBuffer.allocate(path.length());
        for (int i = 0; i < path.length(); i++) {
            int character = path.charAt(i);
            if (character == '%') {
                int octet = octet(path, i + 1);
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

    /**
     * True for a path without empty segments and dot segments, and without a slash at its end. The router would take it for a
     * shorter path: a request with an empty parameter would be one of another operation, such as the end of all sessions
     * instead of one, and a proxy that guards some paths could read it differently.
     *
     * @param target path and query
     */
    static boolean isPlain(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return FOLDERS.contains(path) || !EMPTY_OR_DOT_SEGMENT.matcher(path).find();
    }

    /** The octet of two hexadecimal digits, -1 when there are no two. */
    private static int octet(String path, int from) {
        if (path.length() < from + 2) {
            return -1;
        }
        int high = Character.digit(path.charAt(from), HEXADECIMAL);
        int low = Character.digit(path.charAt(from + 1), HEXADECIMAL);
        return high < 0 || low < 0 ? -1 : high * HEXADECIMAL + low;
    }
}

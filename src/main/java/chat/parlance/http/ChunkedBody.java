package chat.parlance.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Check of a chunked body (RFC 9112, 7.1), beside Netty's decoder: Netty accepts any text after a size, joins folded
 * trailers, and reads a whole line of extensions for each byte of the body.
 */
final class ChunkedBody {

    /** Limit of the extensions of all chunks of a body together; the server uses none. */
    static final int MAX_EXTENSION_BYTES = 4096;

    private static final int HEXADECIMAL = 16;

    /** At most fifteen digits, which always fit into a long. */
    private static final Pattern SIZE = Pattern.compile("[0-9A-Fa-f]{1,15}");

    private static final Pattern EXTENSION = Pattern.compile("[ \\t]*;[\\t\\x20-\\x7e\\x80-\\xff]*");

    private static final Pattern TRAILER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t\\x20-\\x7e\\x80-\\xff]*");

    private enum Part {
        SIZE,
        DATA,
        END_OF_DATA,
        TRAILER
    }

    private Part part = Part.SIZE;
    private long dataLeft;
    private int extensionBytes;

    /**
     * Violation in bytes of the body that Netty has decoded; it receives lines as a whole, in their order. Null when
     * there is none.
     */
    @Nullable
    String violation(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to) {
            if (part == Part.DATA) {
                int taken = (int) Math.min(dataLeft, to - at);
                dataLeft -= taken;
                at += taken;
                part = dataLeft == 0 ? Part.END_OF_DATA : Part.DATA;
                continue;
            }
            if (part == Part.END_OF_DATA) {
                // Netty has checked that the data ends with a return and a newline, and may read the first before the
                // second arrives.
                part = in.getByte(at) == '\n' ? Part.SIZE : Part.END_OF_DATA;
                at++;
                continue;
            }
            int newline = in.indexOf(at, to, (byte) '\n');
            if (newline <= at || in.getByte(newline - 1) != '\r') {
                return "a line without a return before its newline";
            }
            String violation = violation(in.toString(at, newline - 1 - at, StandardCharsets.ISO_8859_1));
            if (violation != null) {
                return violation;
            }
            at = newline + 1;
        }
        return null;
    }

    private @Nullable String violation(String line) {
        if (part == Part.TRAILER) {
            return line.isEmpty() || TRAILER.matcher(line).matches() ? null : "a malformed trailer";
        }
        Matcher size = SIZE.matcher(line);
        if (!size.lookingAt()) {
            return "a malformed size of a chunk";
        }
        String extension = line.substring(size.end());
        if (!extension.isEmpty() && !EXTENSION.matcher(extension).matches()) {
            return "a malformed size of a chunk";
        }
        extensionBytes += extension.length();
        if (extensionBytes > MAX_EXTENSION_BYTES) {
            return "too long extensions of chunks";
        }
        dataLeft = Long.parseLong(size.group(), HEXADECIMAL);
        part = dataLeft == 0 ? Part.TRAILER : Part.DATA;
        return null;
    }
}

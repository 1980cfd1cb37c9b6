package chat.parlance.testing;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bytes of WebSocket frames, in a readable form. */
public final class FrameBytes {

    private static final Pattern REPEATED = Pattern.compile("\\(([^)]*)\\)x([0-9]+)");

    private FrameBytes() {}

    /** Reads hexadecimal with blanks, in which {@code (61)x8} stands for eight times 61. */
    public static byte[] of(String frames) {
        String plain = REPEATED.matcher(frames)
                .replaceAll(repeated -> repeated.group(1).repeat(Integer.parseInt(repeated.group(2))));
        return HexFormat.of().parseHex(plain.replace(" ", ""));
    }
}

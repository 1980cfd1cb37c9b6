package chat.parlance.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of the entries of a backup, and the list of their checksums in the form of {@code sha256sum}. */
final class Entries {

    static final String MANIFEST = "manifest.json";
    static final String SIGNING_KEY = "signing-key.json";
    static final String CHECKSUMS = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) {2}(\\S+)");

    private Entries() {}

    /** Entry of the rows of a table. */
    static String rows(String table) {
        return "tables/" + table + ".copy";
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** @param checksums by the names of the entries */
    static String format(Map<String, String> checksums) {
        return checksums.entrySet().stream()
                .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Reads a list of checksums, in its order.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Map<String, String> parse(String text) {
        Map<String, String> checksums = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IllegalArgumentException("no checksum: " + line);
            }
            checksums.put(parts.group(2), parts.group(1));
        });
        return checksums;
    }
}

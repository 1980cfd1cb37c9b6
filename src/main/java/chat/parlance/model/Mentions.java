package chat.parlance.model;

import chat.parlance.text.Prose;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of mentions: {@code @user} in the prose of a message, and not in its code or in an address. The mentioned
 * users are the members among those that a text names, and the page marks them ({@code view/mentions.js}).
 * docs/decisions/0010-text.md explains the rules.
 */
public final class Mentions {

    /**
     * Limit of the mentioned members of one text: the first ones. Names of others do not count, so the limit is applied
     * where the members are known.
     */
    public static final int MAX = 50;

    /** Number of characters of a text that are searched: more than the longest text has by default. */
    public static final int MAX_SCANNED = 16_384;

    /** Letters of the scripts that look like those of ids, and the rest of a word in them. */
    private static final String LETTERS = "\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}";

    private static final String WORD = LETTERS + "\\u0300-\\u036F0-9_";

    private static final String REST_OF_ADDRESS = "[^\\p{Z}\\p{Cc}<" + Prose.EDGE + "]*";

    /** A host without a scheme before it: a name of several parts, also of a domain in Punycode, or an address of IPv4. */
    private static final String HOST = "(?:(?:[" + LETTERS + "0-9-]{1,63}\\.){1,10}" + "(?:[" + LETTERS
            + "]{2,24}|xn--[a-z0-9-]{1,59})|(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|localhost)";

    /**
     * An address of IPv6 in brackets, with at least two colons side by side or six in all. The Markdown parser has
     * replaced the colon after the bracket by a semicolon.
     */
    private static final String IPV6_HOST =
            "\\[(?=[0-9a-f:]{0,40}::|(?:[0-9a-f]{1,4}:){6})[0-9a-f:.]{2,45}(?:%[a-z0-9._~-]{1,32})?\\]";

    private static final String PATH = "(?:/|\\?[a-z0-9_]{1,64}=)" + REST_OF_ADDRESS;

    /** An address, so that an @ in it is skipped, or a mention, whose id is the group. */
    private static final Pattern ADDRESS_OR_MENTION = Pattern.compile("[a-z][a-z0-9+.-]{0,30}://" + REST_OF_ADDRESS
            + "|(?<![a-z0-9_])www\\." + REST_OF_ADDRESS
            + "|(?<![" + WORD + "@.-])" + HOST + "(?::[0-9]{1,5})?" + PATH
            + "|" + IPV6_HOST + "(?:[:;][0-9]{1,5})?" + PATH
            + "|(?<=[" + WORD + "])@[a-z0-9._-]{1,253}[:/]" + REST_OF_ADDRESS
            + "|(?<![" + WORD + "@])@(?![a-z0-9._-]{0,253}xn--)"
            + "([a-z0-9][a-z0-9_]{0,31}(?:[.-][a-z0-9_]{1,31}){0,16})(?![" + WORD + "@])");

    private static final char SMALL_AT = '\uFE6B';
    private static final char FULL_WIDTH_AT = '\uFF20';
    private static final char FIRST_FULL_WIDTH = '\uFF01';
    private static final char LAST_FULL_WIDTH = '\uFF5E';
    private static final int FULL_WIDTH_OFFSET = FIRST_FULL_WIDTH - '!';

    private Mentions() {}

    /** Named ids in their order, each once; ids that no user can have are left out. */
    public static List<UserId> in(@Nullable String text) {
        if (text == null || !hasAt(text)) {
            return List.of();
        }
        String shown = folded(Prose.of(text.substring(0, Math.min(text.length(), MAX_SCANNED))));
        Set<UserId> users = new LinkedHashSet<>();
        Matcher matcher = ADDRESS_OR_MENTION.matcher(shown);
        while (matcher.find()) {
            String id = matcher.group(1);
            if (id != null && id.length() >= UserId.MIN_LENGTH && id.length() <= UserId.MAX_LENGTH) {
                users.add(new UserId(id));
            }
        }
        return new ArrayList<>(users);
    }

    private static boolean hasAt(String text) {
        return text.indexOf('@') >= 0 || text.indexOf(FULL_WIDTH_AT) >= 0 || text.indexOf(SMALL_AT) >= 0;
    }

    /** Folds case and width, so that {@code ＠Alice} names alice. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.chars().forEach(c -> folded.append(folded((char) c)));
        return folded.toString();
    }

    private static char folded(char c) {
        char half = c >= FIRST_FULL_WIDTH && c <= LAST_FULL_WIDTH ? (char) (c - FULL_WIDTH_OFFSET) : c;
        if (half >= 'A' && half <= 'Z') {
            return (char) (half - 'A' + 'a');
        }
        return half == SMALL_AT ? '@' : half;
    }
}

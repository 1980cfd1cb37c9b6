package chat.parlance.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of emoji as people type them, {@code :tada:}, those of GitHub, Slack and Discord and the short names of CLDR.
 * The build makes one list of them for node and page (src/build/bundle/EmojiList.java).
 *
 * <p>Case has no meaning in a name, and hyphens are underscores. A skin tone follows as in Slack, {@code
 * :wave::skin-tone-2:} to {@code 6}, or as in Discord, {@code :wave_tone1:} to {@code 5}.
 */
public final class EmojiNames {

    /** Limit of texts whose names are replaced. The server searches the same length for mentions, too. */
    static final int MAX_SCANNED = 16_384;

    /** The list, loaded at the first lookup, because many nodes have no client in line mode. */
    private static final class Known {
        static final EmojiNames NAMES = new EmojiNames();
    }

    private static final String RESOURCE = "/emoji.txt";

    private static final int LIGHTEST = 0x1F3FB;

    private static final Pattern TYPED =
            Pattern.compile(":?([+-]?[\\p{L}\\p{N}_-]+?)(?:_tone([1-5])|::skin-tone-([2-6]))?:?");

    /**
     * A name within a text: not within a word, a path or a time, and without a colon before it except that of another
     * name.
     */
    private static final Pattern IN_TEXT = Pattern.compile(
            "(?:(?<![A-Za-z0-9\\\\/:])|\\G(?<=:)):[+-]?[\\p{L}\\p{N}_-]+(?:::skin-tone-[2-6])?:(?![A-Za-z0-9])");

    /** Signs that no text has, one for each name while its Markdown is parsed. */
    private static final char FIRST_SIGN = '\uE000';

    private static final char LAST_SIGN = '\uF8FF';
    private static final Pattern SIGNS = Pattern.compile("[" + FIRST_SIGN + "-" + LAST_SIGN + "]");

    /** Sorted names, with the emoji of each at the same index, in a third of the memory of a map. */
    private final String[] names;

    private final String[] emoji;

    /** Emoji in the lightest skin tone, by the emoji without one. */
    private final Map<String, String> toned = new HashMap<>();

    private EmojiNames() {
        Map<String, String> byName = new TreeMap<>();
        try (InputStream in = EmojiNames.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The list of emoji is missing; build the node with Maven, which makes it");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            lines.lines().filter(line -> !line.startsWith("\t")).forEach(line -> add(line.split("\t", -1), byName));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        names = byName.keySet().toArray(String[]::new);
        emoji = byName.values().toArray(String[]::new);
    }

    private void add(String[] fields, Map<String, String> byName) {
        for (String name : fields[4].split(" ", -1)) {
            byName.put(name, fields[0]);
        }
        if (!fields[1].isEmpty()) {
            toned.put(fields[0], fields[1]);
        }
    }

    /** The emoji of a name, with or without colons around it. */
    public static Optional<String> find(String typed) {
        Matcher parts = TYPED.matcher(typed);
        return parts.matches() ? Known.NAMES.find(parts) : Optional.empty();
    }

    private Optional<String> find(Matcher typed) {
        Optional<String> found = withoutTone(typed.group(1));
        if (typed.group(2) != null) {
            return found.flatMap(base -> inTone(base, typed.group(2).charAt(0) - '1'));
        }
        return typed.group(3) == null
                ? found
                : found.flatMap(base -> inTone(base, typed.group(3).charAt(0) - '2'));
    }

    private Optional<String> withoutTone(String name) {
        int at = Arrays.binarySearch(names, key(name));
        return at < 0 ? Optional.empty() : Optional.of(emoji[at]);
    }

    private Optional<String> inTone(String base, int tone) {
        return Optional.ofNullable(toned.get(base))
                .map(lightest -> lightest.replace(Character.toString(LIGHTEST), Character.toString(LIGHTEST + tone)));
    }

    /**
     * Names with their emoji, one for each emoji: exact matches first, then names with that prefix, then those that
     * contain it.
     */
    public static Map<String, String> search(String wanted, int atMost) {
        String key = key(wanted.replaceAll("^:|:$", ""));
        Map<String, String> byEmoji = new LinkedHashMap<>();
        for (BiPredicate<String, String> rank :
                List.<BiPredicate<String, String>>of(String::equals, String::startsWith, String::contains)) {
            for (int i = 0; i < Known.NAMES.names.length && byEmoji.size() < atMost; i++) {
                if (rank.test(Known.NAMES.names[i], key)) {
                    byEmoji.putIfAbsent(Known.NAMES.emoji[i], Known.NAMES.names[i]);
                }
            }
        }
        Map<String, String> found = new LinkedHashMap<>();
        byEmoji.forEach((picture, name) -> found.put(name, picture));
        return found;
    }

    /**
     * A text in Markdown with emoji in place of their names, except in code, addresses, destinations of links, and after a
     * backslash.
     */
    public static String replaceIn(String text) {
        Matcher names = IN_TEXT.matcher(text);
        if (text.length() > MAX_SCANNED || !names.find()) {
            return text;
        }
        String prose = proseWithSigns(text);
        StringBuilder replaced = new StringBuilder(text.length());
        int copied = 0;
        char sign = FIRST_SIGN;
        names.reset();
        while (sign <= LAST_SIGN && names.find()) {
            String found =
                    prose.indexOf(sign++) < 0 ? null : find(names.group()).orElse(null);
            replaced.append(text, copied, names.start()).append(orTyped(found, names.group()));
            copied = names.end();
        }
        return replaced.append(text, copied, text.length()).toString();
    }

    private static String orTyped(@Nullable String found, String typed) {
        return found == null ? typed : found;
    }

    /** Prose of a text, in which each name is a sign between colons. */
    private static String proseWithSigns(String text) {
        String free = SIGNS.matcher(text).replaceAll("%");
        int[] sign = {FIRST_SIGN};
        return Prose.of(IN_TEXT.matcher(free)
                .replaceAll(name -> sign[0] <= LAST_SIGN ? ":" + (char) sign[0]++ + ":" : name.group()));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("(?<=.)[- ]", "_");
    }
}

import com.google.javascript.jscomp.jarjar.com.google.gson.JsonArray;
import com.google.javascript.jscomp.jarjar.com.google.gson.JsonElement;
import com.google.javascript.jscomp.jarjar.com.google.gson.JsonObject;
import com.google.javascript.jscomp.jarjar.com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All emoji with their common names, made from the data of JEmoji: one text for the page and for the node, so that a
 * name means the same emoji in both.
 *
 * <p>A line with a tab first begins a group and has its title. Each other line is an emoji in six fields between tabs:
 * the emoji, the same with the lightest skin tone (empty when it has no tones), the version of Unicode's emoji that has
 * it, its CLDR short name, its names, and CLDR's keywords that none of these has. The emoji are in Unicode's order.
 *
 * @param text the lines
 */
record EmojiList(String text) {

    private static final String RESOURCE = "jemoji/emojis.json";

    /** Lists of names in the data. A name that several emoji have belongs to that of the first list. */
    private static final List<String> ALIASES = List.of("githubAliases", "slackAliases", "discordAliases");

    /** Names that other chats have and the data lacks, by their emoji. */
    private static final Map<String, String> MORE_NAMES = Map.of("✅", "check");

    private static final String LIGHTEST = Character.toString(0x1F3FB);
    private static final Pattern TONE = Pattern.compile("[\\x{1F3FB}-\\x{1F3FF}]");
    private static final Pattern OTHER_TONE = Pattern.compile("[\\x{1F3FC}-\\x{1F3FF}]");
    private static final Pattern ALIAS = Pattern.compile(":([^:\\s]+):");
    private static final Pattern NAME = Pattern.compile("[+-]?[\\p{L}\\p{N}_]+");

    /** Signs that end or change a template literal. */
    private static final Pattern LITERAL = Pattern.compile("[`\\\\$]");

    static EmojiList read(ClassLoader jars) throws IOException {
        try (InputStream in = jars.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("No library has the file " + RESOURCE);
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            JsonArray entries = JsonParser.parseReader(reader).getAsJsonArray();
            List<JsonObject> all = StreamSupport.stream(entries.spliterator(), false)
                    .map(JsonElement::getAsJsonObject)
                    .filter(entry -> string(entry, "qualification").equals("fully-qualified"))
                    .filter(entry -> !string(entry, "group").equals("Component"))
                    .toList();
            return new EmojiList(text(all));
        }
    }

    /** The list as a module of the page. */
    String module() {
        if (LITERAL.matcher(text).find()) {
            throw new IllegalStateException("The list of emoji has a sign with a meaning in a template literal");
        }
        return "export default `" + text + "`;\n";
    }

    private static String text(List<JsonObject> all) {
        List<JsonObject> bases = all.stream()
                .filter(entry -> !TONE.matcher(string(entry, "emoji")).find())
                .toList();
        Map<String, String> toned = toned(all);
        Map<String, Set<String>> names = names(bases);
        StringBuilder lines = new StringBuilder();
        String group = "";
        for (JsonObject entry : bases) {
            String emoji = string(entry, "emoji");
            if (!string(entry, "group").equals(group)) {
                group = string(entry, "group");
                lines.append('\t').append(group).append('\n');
            }
            List<String> fields = List.of(
                    emoji,
                    toned.getOrDefault(plain(emoji), ""),
                    entry.get("version").getAsString(),
                    string(entry, "description"),
                    String.join(" ", names.get(emoji)),
                    String.join(" ", keywords(entry, names.get(emoji))));
            lines.append(String.join("\t", fields)).append('\n');
        }
        return lines.toString();
    }

    /** Emoji in the lightest skin tone, all persons alike, by the emoji without tone and style. */
    private static Map<String, String> toned(List<JsonObject> all) {
        Set<String> known = all.stream().map(entry -> string(entry, "emoji")).collect(Collectors.toSet());
        Map<String, String> toned = new HashMap<>();
        known.stream()
                .filter(emoji -> emoji.contains(LIGHTEST))
                .filter(emoji -> !OTHER_TONE.matcher(emoji).find())
                .forEach(emoji -> toned.put(plain(emoji), emoji));
        toned.values().forEach(emoji -> {
            for (int tone = 0x1F3FC; tone <= 0x1F3FF; tone++) {
                if (!known.contains(emoji.replace(LIGHTEST, Character.toString(tone)))) {
                    throw new IllegalStateException(emoji + " does not have all skin tones");
                }
            }
        });
        return toned;
    }

    /** Names by their emoji, the most used one of each first. */
    private static Map<String, Set<String>> names(List<JsonObject> bases) {
        Map<String, String> owners = new HashMap<>();
        Map<String, Set<String>> names = new LinkedHashMap<>();
        bases.forEach(entry -> names.put(string(entry, "emoji"), new LinkedHashSet<>()));
        for (String list : ALIASES) {
            bases.forEach(entry -> add(entry, aliases(entry, list), owners, names));
        }
        bases.forEach(entry -> add(entry, moreNames(entry), owners, names));
        names.forEach((emoji, all) -> {
            if (all.isEmpty()) {
                throw new IllegalStateException(emoji + " has no name of its own");
            }
        });
        return names;
    }

    private static void add(
            JsonObject entry, Stream<String> added, Map<String, String> owners, Map<String, Set<String>> names) {
        String emoji = string(entry, "emoji");
        added.filter(name -> emoji.equals(owners.computeIfAbsent(name, free -> emoji)))
                .forEach(name -> names.get(emoji).add(name));
    }

    private static Stream<String> aliases(JsonObject entry, String list) {
        return strings(entry.getAsJsonArray(list)).stream()
                .map(ALIAS::matcher)
                .filter(alias -> alias.matches())
                .map(alias -> oneForm(alias.group(1)))
                .filter(name -> NAME.matcher(name).matches());
    }

    /** The CLDR short name as one word, and names that the data does not have. */
    private static Stream<String> moreNames(JsonObject entry) {
        String plain = Normalizer.normalize(string(entry, "description"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        String name = words(plain).collect(Collectors.joining("_"));
        return Stream.of(MORE_NAMES.getOrDefault(string(entry, "emoji"), name), name);
    }

    /** A name with underscores between its words, whatever signs a chat uses there. */
    private static String oneForm(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("(?<=.)-", "_");
    }

    private static Set<String> keywords(JsonObject entry, Collection<String> names) {
        Set<String> known = Stream.concat(names.stream(), Stream.of(string(entry, "description")))
                .flatMap(EmojiList::words)
                .collect(Collectors.toSet());
        return strings(entry.getAsJsonArray("keywords")).stream()
                .flatMap(EmojiList::words)
                .filter(word -> !known.contains(word))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty());
    }

    private static String plain(String emoji) {
        return TONE.matcher(emoji).replaceAll("").replace("\uFE0F", "");
    }

    private static String string(JsonObject entry, String field) {
        return entry.get(field).getAsString();
    }

    private static List<String> strings(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}

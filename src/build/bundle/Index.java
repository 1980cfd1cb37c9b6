import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * First file of the page. As it is it names the modules, style sheets and texts of the folder; bundled it names chunks, has the
 * scripts that run before anything is drawn within itself, and maps each chunk's name to that with its hash.
 */
final class Index {

    private static final Pattern STYLE = Pattern.compile("\\s*<link rel=\"stylesheet\" href=\"([^\"]+)\">");
    private static final Pattern SCRIPT = Pattern.compile("<script src=\"([^\"]+)\"([^>]*)></script>");
    private static final Pattern MODULE = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\">");
    private static final Pattern EARLY = Pattern.compile("(?<= data-[a-z]{1,20}=\")(/[^\"]+\\.js(?:on)?)(?=\")");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("(?<=<script type=\"importmap\">).*?(?=</script>)", Pattern.DOTALL);

    private final String html;

    Index(String html) {
        this.html = html;
    }

    /** Paths of the style sheets, in their order. */
    List<String> styles() {
        return all(STYLE);
    }

    /** Paths of the scripts that are no modules. */
    List<String> scripts() {
        return all(SCRIPT);
    }

    /** Path of the first module of the page. */
    String entry() {
        return all(MODULE).getFirst();
    }

    /** Paths of the modules that are fetched beside the first one, and of the texts of languages. */
    List<String> early() {
        return all(EARLY);
    }

    /**
     * The page with its chunks.
     *
     * @param style path of the one style sheet
     * @param script shortens a script, by its path
     * @param chunks paths of the chunks with their hashes, by those without
     * @param early path of the chunk that has a module, or of the texts of a language with their hash, by the path in the folder
     */
    String bundled(
            String style, UnaryOperator<String> script, Map<String, String> chunks, UnaryOperator<String> early) {
        String map = chunks.entrySet().stream()
                .map(chunk -> "\"%s\":\"%s\"".formatted(chunk.getKey(), chunk.getValue()))
                .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
        List<String> sheets = new ArrayList<>(List.of("\n    <link rel=\"stylesheet\" href=\"" + style + "\">"));
        String page = replace(html, STYLE, sheet -> sheets.isEmpty() ? "" : sheets.removeFirst());
        page = replace(
                page, SCRIPT, found -> "<script" + found.group(2) + ">" + script.apply(found.group(1)) + "</script>");
        page = replace(
                page, MODULE, found -> "<script type=\"module\" src=\"%s\">".formatted(early.apply(found.group(1))));
        page = replace(page, EARLY, found -> early.apply(found.group(1)));
        page = replace(page, IMPORT_MAP, found -> map);
        return page.replaceAll("\n\\s*", "\n");
    }

    private List<String> all(Pattern pattern) {
        return pattern.matcher(html).results().map(found -> found.group(1)).toList();
    }

    private static String replace(String text, Pattern pattern, Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
    }
}

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shortens a style sheet: comments and meaningless blanks are removed, strings stay unchanged. */
final class StyleSheet {

    /** A comment, a string, or blanks; the alternatives are tried in this order at each place. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>/\\*.*?\\*/)|(?<text>\"[^\"\\\\\n]*(?:\\\\.[^\"\\\\\n]*)*\"|'[^'\\\\\n]*(?:\\\\.[^'\\\\\n]*)*')"
                    + "|(?<blanks>\\s+)",
            Pattern.DOTALL);

    private StyleSheet() {}

    static String shorten(String css) {
        Matcher tokens = TOKEN.matcher(css);
        StringBuilder shortened = new StringBuilder();
        int at = 0;
        while (tokens.find()) {
            shortened.append(css, at, tokens.start());
            if (tokens.group("text") != null) {
                shortened.append(tokens.group());
            } else if (tokens.group("blanks") != null && means(shortened, css, tokens.end())) {
                shortened.append(' ');
            }
            at = tokens.end();
        }
        return shortened.append(css, at, css.length()).toString();
    }

    /**
     * True for blanks between two words: none has a meaning beside a brace, a semicolon or a comma, or after a colon. Before a
     * colon they have one in a selector.
     */
    private static boolean means(CharSequence before, String css, int after) {
        return !before.isEmpty()
                && after < css.length()
                && "{};,: ".indexOf(before.charAt(before.length() - 1)) < 0
                && "{};,".indexOf(css.charAt(after)) < 0;
    }
}

package chat.parlance.text;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * The Markdown of messages: the subset that the page draws ({@code view/markdown-subset.js}). HTML, headings and link
 * definitions are plain text, and four spaces are four spaces. docs/decisions/0010-text.md explains why a parser is
 * used.
 */
final class MessageMarkdown {

    /** Replacement of signs that the parser must not interpret: punctuation without a meaning in Markdown. */
    static final char PLAIN = '%';

    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of(BlockQuote.class, FencedCodeBlock.class, ListBlock.class, ThematicBreak.class))
            .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
            .customInlineContentParserFactory(new Address.Factory())
            .build();

    /** An address in angle brackets. */
    private static final Pattern ADDRESS = Pattern.compile("<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\\s<>]*>");

    /** The destination of a link in angle brackets. */
    private static final Pattern DESTINATION = Pattern.compile("(?<=\\]\\()<[^<>\\n]*>");

    /** A fence whose language begins with the sign of the other fence, which the parser does not know. */
    private static final Pattern MIXED_FENCE = Pattern.compile("(?<!`)`{3,}+(?=~)|(?<!~)~{3,}+(?=`)");

    /** A line with a single bar, which is no row of a table on the page. */
    private static final Pattern LONE_BAR = Pattern.compile("(?m)^([ \\t>]*+)\\|(?=[ \\t]*$)");

    private MessageMarkdown() {}

    /**
     * Tree of a text, whose lines end with line feeds.
     *
     * @param angle replaces each {@code <} and the {@code >} of an address, since no HTML is drawn; this also keeps the
     *     parser linear, which otherwise searches the whole text for the end of each {@code <}
     */
    static Node parse(String text, char angle) {
        String safe = ADDRESS.matcher(text).replaceAll(found -> inAngles(found, "[@＠﹫]", angle));
        safe = DESTINATION.matcher(safe).replaceAll(found -> inAngles(found, "[ \\t]", angle));
        safe = MIXED_FENCE.matcher(safe).replaceAll("$0 ");
        safe = LONE_BAR.matcher(safe).replaceAll("$1" + PLAIN);
        return PARSER.parse(safe.replace('<', angle).replace("]:", "];"));
    }

    private static String inAngles(MatchResult found, String unwanted, char angle) {
        String inner = found.group().replaceAll(unwanted, String.valueOf(PLAIN)).replace('>', angle);
        return Matcher.quoteReplacement(inner);
    }
}

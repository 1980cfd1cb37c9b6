package chat.parlance.text;

import java.util.List;
import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/**
 * A bare address that the page draws as a link: {@code https://}, {@code http://}, {@code ftp://} or {@code www.}, up
 * to the next space or {@code <}, without punctuation at its end. Markdown signs within it have no meaning.
 */
final class Address extends CustomNode {

    /** Limit of an address: one that is never closed is read again by the next one in it. */
    static final int MAX_LENGTH = 2_048;

    private static final List<String> BEGINS = List.of("https://", "http://", "ftp://", "www.");

    private static final int LONGEST_BEGIN = 8;

    /** Punctuation that may be within an address, but not at its end. */
    private static final String PUNCTUATION = "?!.,:;*_'\"~)";

    /** Finds addresses while the text of a block is parsed. */
    static final class Factory implements InlineContentParserFactory {

        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('f', 'F', 'h', 'H', 'w', 'W');
        }

        @Override
        public InlineContentParser create() {
            return Address::parse;
        }
    }

    private static @Nullable ParsedInline parse(InlineParserState state) {
        Scanner scanner = state.scanner();
        Position start = scanner.position();
        String candidate = read(scanner);
        int length = length(candidate);
        if (length == 0) {
            return ParsedInline.none();
        }
        scanner.setPosition(start);
        for (int i = 0; i < length; i++) {
            scanner.next();
        }
        return ParsedInline.of(new Address(), scanner.position());
    }

    /** The characters up to a space, {@code <} or the end of a link's text; only a few when no address starts here. */
    private static String read(Scanner scanner) {
        StringBuilder candidate = new StringBuilder();
        int brackets = 0;
        while (scanner.hasNext() && candidate.length() < MAX_LENGTH && mayBegin(candidate)) {
            char c = scanner.peek();
            Position here = scanner.position();
            scanner.next();
            if (isEnd(c) || (c == ']' && brackets == 0 && scanner.peek() == '(')) {
                scanner.setPosition(here);
                break;
            }
            brackets = c == '[' ? brackets + 1 : c == ']' ? Math.max(0, brackets - 1) : brackets;
            candidate.append(c);
        }
        return candidate.toString();
    }

    private static boolean mayBegin(StringBuilder candidate) {
        if (candidate.length() > LONGEST_BEGIN) {
            return true;
        }
        String read = candidate.toString();
        return BEGINS.stream()
                .anyMatch(begin -> begin.regionMatches(true, 0, read, 0, Math.min(begin.length(), read.length())));
    }

    private static boolean isEnd(char c) {
        return c == '<' || c == Prose.EDGE || c == '\uFEFF' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Length of the address at the beginning of a text, 0 when there is none. */
    private static int length(String text) {
        int begin = BEGINS.stream()
                .filter(known -> text.regionMatches(true, 0, known, 0, known.length()))
                .mapToInt(String::length)
                .findFirst()
                .orElse(text.length());
        if (begin == text.length() || !isHost(text.charAt(begin))) {
            return 0;
        }
        int end = begin;
        int i = begin;
        while (i < text.length()) {
            char c = text.charAt(i);
            i = c == '(' ? text.indexOf(')', i) + 1 : i + 1;
            if (i == 0) {
                break;
            }
            end = PUNCTUATION.indexOf(c) >= 0 ? end : i;
        }
        return end;
    }

    private static boolean isHost(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }
}

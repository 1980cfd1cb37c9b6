package chat.parlance.lines;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text for a terminal, the only form in which line mode writes. Its fixed parts are constants of the program, which the
 * compiler checks; all other parts pass {@link ForeignText}, so no command can send unescaped text of a user or client
 * to a terminal.
 */
public final class TerminalText {

    public static final TerminalText EMPTY = new TerminalText("");

    private final String value;

    private TerminalText(String value) {
        this.value = value;
    }

    /**
     * Creates a text.
     *
     * @param fixed with {@code %s} for each part, and no other conversion
     * @param parts texts of this class stay unchanged, all others are foreign
     */
    @FormatMethod
    public static TerminalText of(@CompileTimeConstant @FormatString String fixed, Object... parts) {
        Object[] shown = Stream.of(parts)
                .map(part -> part instanceof TerminalText text ? text.value : ForeignText.shown(String.valueOf(part)))
                .toArray();
        return new TerminalText(fixed.formatted(shown));
    }

    /** Joins texts that are not empty. */
    public static TerminalText joined(@CompileTimeConstant String separator, List<TerminalText> texts) {
        return new TerminalText(texts.stream()
                .filter(text -> !text.isEmpty())
                .map(text -> text.value)
                .collect(Collectors.joining(separator)));
    }

    /** One text a line, without those that are empty. */
    public static TerminalText lines(List<TerminalText> texts) {
        return joined("\n", texts);
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return value;
    }
}

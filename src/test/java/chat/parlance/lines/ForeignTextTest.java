package chat.parlance.lines;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.TerminalLines;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text of others on a terminal. */
final class ForeignTextTest {

    private static final String WOMAN_TECHNOLOGIST = "\uD83D\uDC69\u200D\uD83D\uDCBB";
    private static final String ENGLAND =
            "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F";
    private static final String SHALOM = "\u05E9\u05DC\u05D5\u05DD";
    private static final String KHUBZ = "\u062E\u0628\u0632";

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("plain text, 12:30 (ok)", "plain text, 12:30 (ok)"),
                Arguments.of("tab\there", "tab\there"),
                Arguments.of("Grüße, 你好, 🎉", "Grüße, 你好, 🎉"),
                // Controls and escape sequences.
                Arguments.of("a\u001b[2Jb\u0007\u0000\u007f", "a·[2Jb···"),
                Arguments.of("\u009b31mred\u0090\u009d", "·31mred··"),
                Arguments.of("a\bb", "a·b"),
                // Every line break begins an indented line.
                Arguments.of("a\nb\r\nc\rd", "a\n    b\n    c\n    d"),
                Arguments.of("a\u000Bb\u000Cc\u0085d\u2028e\u2029f", "a\n    b\n    c\n    d\n    e\n    f"),
                Arguments.of("a\n\nb", "a\n    \n    b"),
                // Right-to-left text is isolated, in each line of its own.
                Arguments.of(SHALOM, isolated(SHALOM)),
                Arguments.of("see " + KHUBZ + " 12", isolated("see " + KHUBZ + " 12")),
                Arguments.of("a\n" + SHALOM + "\nb", "a\n    " + isolated(SHALOM) + "\n    b"),
                Arguments.of("\u0661\u0662", isolated("\u0661\u0662")),
                // Characters that would end the isolate, or reverse the line.
                Arguments.of("see you \u202E", "see you "),
                Arguments.of("\u2069" + SHALOM + "\u2069\u202C", isolated(SHALOM)),
                Arguments.of("\u2066a\u2067b\u2068c\u200E\u200F\u061C", "abc"),
                // Joiners and tags stay if they belong to a visible character.
                Arguments.of(WOMAN_TECHNOLOGIST, WOMAN_TECHNOLOGIST),
                Arguments.of(ENGLAND, ENGLAND),
                Arguments.of("\u0915\u094D\u200D\u0937", "\u0915\u094D\u200D\u0937"),
                Arguments.of("\u200D\u200Ca", "a"),
                Arguments.of("a\uDB40\uDC67", "a"),
                Arguments.of("a\u200B\u2060\uFEFF\u00ADb", "ab"),
                Arguments.of("\u0600\u0661", isolated("\u0600\u0661")),
                // Marks have a base in their own text, and their number is limited.
                Arguments.of("\u0301a", "\u25CC\u0301a"),
                Arguments.of("a\n\u0338b", "a\n    \u25CC\u0338b"),
                Arguments.of("a" + "\u0336".repeat(500) + "b", "a" + "\u0336".repeat(8) + "b"),
                Arguments.of("a" + "\u0336\u200D".repeat(500), "a" + "\u0336\u200D".repeat(4)),
                Arguments.of("\u1100" + "\u1161".repeat(50), "\u1100" + "\u1161".repeat(8)),
                Arguments.of("a\uD800b", "a\uFFFDb"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldShow(String text, String shown) {
        assertThat(ForeignText.shown(text)).isEqualTo(shown);
        TerminalLines.check("[1] 10:00 alice: " + ForeignText.shown(text) + " (edited)");
    }

    /** Every code point: alone, between letters, and between right-to-left letters. */
    @Test
    void shouldKeepEveryCharacterWithinItsText() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT).forEach(codePoint -> {
            String one = Character.toString(codePoint);
            TerminalLines.check(ForeignText.shown(one));
            TerminalLines.check(ForeignText.shown("a" + one + "b"));
            TerminalLines.check(ForeignText.shown("\u05D0" + one + "\u05D1"));
        });
    }

    /** Overlapping or not, each line starts with the indent. */
    @Test
    void shouldLetNoTextBeginALineAsTheServerDoes() {
        IntStream.rangeClosed(0, 0xFFFF)
                .filter(codePoint -> !Character.isSurrogate((char) codePoint))
                .forEach(codePoint -> assertThat(
                                ForeignText.shown("a" + Character.toString(codePoint) + "[1] 10:00 alice: forged")
                                        .split("\\R"))
                        .filteredOn(line -> line.startsWith("[1]"))
                        .isEmpty());
    }

    /** Joiners and visible signs are the only ones of category Cf that stay. */
    @Test
    void shouldDropFormatCharacters() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(codePoint -> Character.getType(codePoint) == Character.FORMAT)
                        .filter(codePoint -> ForeignText.shown("a" + Character.toString(codePoint))
                                .codePoints()
                                .anyMatch(shown -> shown == codePoint))
                        .mapToObj("%x"::formatted))
                .containsExactly(
                        "600", "601", "602", "603", "604", "605", "6dd", "70f", "890", "891", "8e2", "200c", "200d",
                        "110bd", "110cd");
    }

    @Test
    void shouldTakeAllThatIsPutIntoATextForForeign() {
        TerminalText name = TerminalText.of("<%s>", "\u202Ealice\n" + SHALOM);
        assertThat(name).hasToString("<alice\n    " + isolated(SHALOM) + ">");
        assertThat(TerminalText.of("%s %s %%", name, 7)).hasToString(name + " 7 %");
    }

    private static String isolated(String text) {
        return "\u2068" + text + "\u2069";
    }
}

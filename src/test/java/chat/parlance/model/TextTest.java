package chat.parlance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextTest {

    private static final int LONG = 100;

    /** Characters of each kind: spaces, controls, format characters, fillers, selectors, tags, marks alone, symbols without a picture. */
    static Stream<String> textsWithNothingToSee() {
        return IntStream.of(
                        0x20, 0x9, 0xA, 0xA0, 0x1680, 0x2000, 0x2007, 0x200B, 0x200D, 0x200E, 0x2028, 0x202E, 0x202F,
                        0x2060, 0x2066, 0x2800, 0x3000, 0x3164, 0xFEFF, 0xFFA0, 0x7, 0x7F, 0x85, 0xAD, 0x34F, 0x61C,
                        0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0xFE0F, 0xFFF9, 0x301, 0x20DD, 0x1D159, 0x1D173,
                        0xE0020, 0xE0100)
                .mapToObj(Character::toString);
    }

    @ParameterizedTest
    @MethodSource("textsWithNothingToSee")
    void shouldRefuseATextWithNothingToSee(String character) {
        for (String text : new String[] {character, character + "\u2800 " + character}) {
            refuses(() -> Text.message(text, LONG));
            refuses(() -> Text.displayName("name", text, LONG));
        }
        if (!character.isBlank() && !Character.isSpaceChar(character.codePointAt(0))) {
            refuses(() -> Text.prose("description", character, LONG));
        }
    }

    /** Each would leave the name as it looks, or draw it in another order. */
    @ParameterizedTest
    @MethodSource("textsWithNothingToSee")
    void shouldRefuseANameWithSomethingHidden(String character) {
        int type = Character.getType(character.codePointAt(0));
        String name = "Al" + character + "ice";
        if (type == Character.SPACE_SEPARATOR) {
            assertThat(Text.displayName("name", name, LONG)).isEqualTo("Al ice");
        } else if (type != Character.ENCLOSING_MARK && character.codePointAt(0) != 0x301) {
            refuses(() -> Text.displayName("name", name, LONG));
            refuses(() -> Text.line("topic", name, LONG));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Alice, Alice",
        "'  Alice\u00a0\u3000Smith ', Alice Smith",
        "Zoe\u0308, Zo\u00eb",
        "\u2764\uFE0F Alice, \u2764\uFE0F Alice",
        "\u0639\u0644\u064a, \u0639\u0644\u064a",
        "\uD83D\uDE00, \uD83D\uDE00",
        "?, ?"
    })
    void shouldTakeANameInOneForm(String typed, String shown) {
        assertThat(Text.displayName("name", typed, LONG)).isEqualTo(shown);
        assertThat(Text.displayName("name", shown, LONG)).isEqualTo(shown);
    }

    @Test
    void shouldRefuseANameThatLooksLikeOneWithAnId() {
        for (String name : new String[] {"Alice (@alice)", "\uFF20alice", "\uFE6Balice"}) {
            refuses(() -> Text.personName(name, LONG));
        }
        assertThat(Text.personName(" Alice (HR) ", LONG)).isEqualTo("Alice (HR)");
    }

    @Test
    void shouldTakeATextAsItIs() {
        for (String text :
                new String[] {" a ", ".", "\u202Ea", "a\u0301", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"}) {
            assertThat(Text.message(text, LONG)).isEqualTo(text);
        }
        assertThat(Text.line("topic", "\u00a0", LONG)).isEmpty();
        assertThat(Text.prose("description", " ", LONG)).isEmpty();
    }

    /** Markdown, drawn by the page, with nothing in it: the filler U+3164 is a letter without a picture. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "**\u3164**",
                "*\u3164*",
                "_\u200b_",
                "***\u3164***",
                "~~\u3164~~",
                "~\u3164~",
                "> ",
                ">",
                "> >\n>",
                "> \u3164",
                "`\u3164`",
                "` `",
                "```\n```",
                "```",
                "```java\n\n```",
                "~~~ a\n",
                "~~~\n\u3164\n~~~",
                "> ```\n> ```",
                "[](https://x.example)",
                "[\u3164](https://x.example \"title\")",
                "[]()",
                "[](<a b>)",
                "[**\u3164**](a)",
                "&nbsp;",
                "&#8203;",
                "&#x200B;",
                "&#12644;",
                "&ZeroWidthSpace; &emsp;",
                "**&nbsp;**",
                "&nbsp;\n\n> &nbsp;",
                "|\u3164|\n|-|",
                "| | |\n|-|-|\n| | |",
                "\u3164\\\n\u3164",
                "[&nbsp;](a) **\u3164** ` `"
            })
    void shouldRefuseATextThatDrawsNothing(String text) {
        refuses(() -> Text.message(text, LONG));
    }

    /** Next to nothing, but something: a rule, the sign of a list's item, an image, markup that is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "---",
                "***",
                "-",
                "+",
                "*",
                "1.",
                "- [ ]",
                "- [x] ",
                "- \u3164",
                "![](https://x.example)",
                "![\u3164](a)",
                "[a](b)",
                "[](a",
                "[]",
                "[ ]: a",
                "[\u3164]: a",
                "#",
                "# \u3164",
                "**",
                "__ __",
                "~~",
                "`",
                "``",
                "&",
                "&;",
                "&nbsp",
                "&nosuch;",
                "&amp;",
                "&lt;",
                "&#65;",
                "`&nbsp;`",
                "\\&nbsp;",
                "<b></b>",
                "<>",
                "<!-- -->",
                "\\",
                "\\*",
                "|",
                "| |",
                "> .",
                "> ---",
                "```\na\n```",
                "```a```",
                "[![](a)](b)",
                "[](a)b",
                "https://x.example",
                "<https://x.example>",
                "www.x.example",
                "=",
                "\u2764",
                "/me",
                "    -"
            })
    void shouldTakeATextThatDrawsSomething(String text) {
        assertThat(Text.message(text, LONG)).isEqualTo(text);
    }

    /** A text may be longer than what is parsed: its rest counts as it was typed. */
    @Test
    void shouldReadTheMarkdownOfALongTextInABoundedTime() {
        String blank = "&nbsp;".repeat(3_000);
        assertThat(Text.message(blank, blank.length())).isEqualTo(blank);
        String hidden = "[](a)".repeat(1_000);
        refuses(() -> Text.message(hidden, hidden.length()));
    }

    /** Without a selector, with one where there need be none, with the selector of the text style. */
    @ParameterizedTest
    @CsvSource({
        "👍, 👍",
        "👍\uFE0F, 👍",
        "👍🏽, 👍🏽",
        "❤, ❤\uFE0F",
        "❤\uFE0F, ❤\uFE0F",
        "❤\uFE0E, ❤\uFE0F",
        "✔, ✔\uFE0F",
        "1\u20E3, 1\uFE0F\u20E3",
        "1\uFE0F\u20E3, 1\uFE0F\u20E3",
        "©, ©\uFE0F",
        "🇩🇪, 🇩🇪",
        "👨‍👩‍👧, 👨‍👩‍👧",
        "👁‍🗨, 👁\uFE0F‍🗨\uFE0F",
        "❤‍🔥, ❤\uFE0F‍🔥",
        "🕵🏻‍♂, 🕵🏻‍♂\uFE0F",
        "🏳‍🌈, 🏳\uFE0F‍🌈",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿, 🏴󠁧󠁢󠁥󠁮󠁧󠁿"
    })
    void shouldTakeAnEmojiInOneForm(String typed, String stored) {
        assertThat(Text.emoji(typed)).isEqualTo(stored);
        assertThat(Text.emoji(stored)).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1",
                "#",
                "1\uFE0F",
                ":+1:",
                "👍👍",
                "👍 ",
                " 👍",
                "👍a",
                "🇩",
                "🇩🇩",
                "🇩🇪🇫🇷",
                "👍‍👍",
                "‍",
                "\uFE0F",
                "👨‍",
                "‍👨",
                "\u20E3",
                "👨‍👩‍👧‍👦‍👦",
                "☺☺",
                "é",
                "e\u0301",
                "한",
                "👍\u0301",
                "<b>",
                "\u202E👍"
            })
    void shouldRefuseWhatIsNotOneEmoji(String typed) {
        refuses(() -> Text.emoji(typed));
    }

    private static void refuses(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOf(ChatException.class);
    }
}

package chat.parlance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of messages, of blank texts and of emoji. */
final class TextRulesTest {

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
            refuses(() -> TextRules.message(text, LONG));
            refuses(() -> TextRules.displayName("name", text, LONG));
        }
        if (!TextRules.isBlank(character)) {
            refuses(() -> TextRules.prose("description", character, LONG));
            refuses(() -> TextRules.line("topic", character, LONG));
        }
    }

    /** Characters that are a blank (White_Space of Unicode), and some that only look like one. */
    static Stream<Arguments> blanks() {
        return Stream.concat(
                IntStream.of(
                                0x20, 0x9, 0xA, 0xB, 0xC, 0xD, 0x85, 0xA0, 0x1680, 0x2000, 0x2003, 0x2007, 0x200A,
                                0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
                        .mapToObj(blank -> Arguments.of(Character.toString(blank), true)),
                IntStream.of(
                                0x0, 0x1C, 0x1F, 0x7F, 0xAD, 0x34F, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2800,
                                0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0x1D159, 0xE0020, 0x301, 0xE000)
                        .mapToObj(other -> Arguments.of(Character.toString(other), false)));
    }

    /** The rule of every text: a blank one is absent where it is optional, and refused where it is needed. */
    @ParameterizedTest
    @MethodSource("blanks")
    void shouldTakeABlankTextForAnAbsentOneEverywhere(String character, boolean blank) {
        for (String text : new String[] {character, character + character, " " + character, character + "\u00a0"}) {
            assertThat(TextRules.isBlank(text)).isEqualTo(blank);
            if (blank) {
                assertThat(new RoomProfile("garden", text, text)).isEqualTo(new RoomProfile("garden", "", ""));
            } else if (character.codePointAt(0) != 0xE000) {
                refuses(() -> new RoomProfile("garden", text, ""));
                refuses(() -> new RoomProfile("garden", "", text));
            }
            refuses(() -> new RoomProfile(text, "", ""));
            refuses(() -> TextRules.personName(text, LONG));
            if (character.codePointAt(0) != 0xE000) {
                refuses(() -> TextRules.message(text, LONG));
            }
        }
        if (blank) {
            String around = character + "Tomatoes" + character;
            assertThat(new RoomProfile(around, around, around))
                    .isEqualTo(new RoomProfile("Tomatoes", "Tomatoes", "Tomatoes"));
        }
    }

    @Test
    void shouldTakeATextAsItIs() {
        for (String text :
                new String[] {" a ", ".", "\u202Ea", "a\u0301", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"}) {
            assertThat(TextRules.message(text, LONG)).isEqualTo(text);
        }
        assertThat(TextRules.line("topic", "\u00a0", LONG)).isEmpty();
        assertThat(TextRules.prose("description", " ", LONG)).isEmpty();
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
        refuses(() -> TextRules.message(text, LONG));
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
        assertThat(TextRules.message(text, LONG)).isEqualTo(text);
    }

    /** A text may be longer than what is parsed: its rest counts as it was typed. */
    @Test
    void shouldReadTheMarkdownOfALongTextInABoundedTime() {
        String blank = "&nbsp;".repeat(3_000);
        assertThat(TextRules.message(blank, blank.length())).isEqualTo(blank);
        String hidden = "[](a)".repeat(1_000);
        refuses(() -> TextRules.message(hidden, hidden.length()));
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
        assertThat(TextRules.emoji(typed)).isEqualTo(stored);
        assertThat(TextRules.emoji(stored)).isEqualTo(stored);
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
                "🏽",
                "🦰",
                "é",
                "e\u0301",
                "한",
                "👍\u0301",
                "<b>",
                "\u202E👍"
            })
    void shouldRefuseWhatIsNotOneEmoji(String typed) {
        refuses(() -> TextRules.emoji(typed));
    }

    private static void refuses(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOf(ChatException.class);
    }
}

package chat.parlance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.text.NameCharacters;
import java.text.Normalizer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
        if (!Text.isBlank(character)) {
            refuses(() -> Text.prose("description", character, LONG));
            refuses(() -> Text.line("topic", character, LONG));
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
            assertThat(Text.isBlank(text)).isEqualTo(blank);
            if (blank) {
                assertThat(new RoomProfile("garden", text, text)).isEqualTo(new RoomProfile("garden", "", ""));
            } else if (character.codePointAt(0) != 0xE000) {
                refuses(() -> new RoomProfile("garden", text, ""));
                refuses(() -> new RoomProfile("garden", "", text));
            }
            refuses(() -> new RoomProfile(text, "", ""));
            refuses(() -> Text.personName(text, LONG));
            if (character.codePointAt(0) != 0xE000) {
                refuses(() -> Text.message(text, LONG));
            }
        }
        if (blank) {
            String around = character + "Tomatoes" + character;
            assertThat(new RoomProfile(around, around, around))
                    .isEqualTo(new RoomProfile("Tomatoes", "Tomatoes", "Tomatoes"));
        }
    }

    /** Names in many scripts, with the marks and joiners that their spelling has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Vietnamese, composed and not.
                "Nguyễn Thị Hoàng Ngọc",
                "Nguye\u0302\u0303n Thi\u0323",
                // Hebrew with points, and with an accent of the Bible.
                "שָׁלוֹם",
                "בְּרֵאשִׁ֖ית",
                // Arabic with all vowels, Urdu, Persian with a non-joiner, Kurdish.
                "مُحَمَّدٌ",
                "الرَّحْمٰن",
                "علی\u200Cرضا",
                "نی\u200Cلوفر",
                "مه\u200Cدی",
                "می\u064E\u200Cخواهم",
                // Hindi, with a conjunct that joiners keep apart or half, Bengali, Tamil, Sinhala, Malayalam, Kannada.
                "श्रीमती हृषीकेश",
                "क्\u200Cष",
                "क्\u200Dष",
                "বাংলা রহমান",
                "ஸ்ரீனிவாசன்",
                "ශ්\u200Dරී ලංකා",
                "മോഹന്\u200D",
                "ಅರ್ಕ್\u200Cಸ್",
                // Thai, Lao, Khmer, Burmese, Tibetan.
                "ณัฐวุฒิ ผู้ใหญ่",
                "ຊຶ້ນ",
                "ខ្ញុំ ស្រី",
                "လျှို့ဝှက်",
                "བསྒྲུབས་ ཧཱུྃ",
                // Yoruba, Lithuanian, phonetics, Chinese, Japanese, Korean, Georgian, Armenian, Amharic, Cherokee.
                "Adékúnlé Ọ̀ṣọ́",
                "Ąžuolė\u0301",
                "t͡ʃɛ̃ː",
                "王小明",
                "プログラム ヷ゙",
                "김철수",
                "გიორგი",
                "Հայկ",
                "አበበ",
                "ᏣᎳᎩ",
                // Signs that people have in names.
                "O’Brien-Müller Jr.",
                "C++ & friends",
                // Emoji: with a style, of a family, with a skin, of a job, flags, a keycap.
                "❤\uFE0F Alice",
                "👨\u200D👩\u200D👧 family",
                "👩🏽\u200D💻",
                "🏳\uFE0F\u200D🌈",
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "🇩🇪",
                "1\uFE0F\u20E3"
            })
    void shouldTakeANameAsItIsSpelled(String name) {
        assertThat(Text.displayName("name", name, LONG)).isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC));
        assertThat(Text.line("topic", name, LONG)).isEqualTo(name);
    }

    /** A flaw, and a part of the text that says so. */
    static Stream<Arguments> flaws() {
        return Stream.of(
                // A joiner that changes nothing.
                Arguments.of("Al\u200Cice", "invisible"),
                Arguments.of("Al\u200Dice", "invisible"),
                Arguments.of("\u200Cعلی", "invisible"),
                Arguments.of("علی\u200C", "invisible"),
                Arguments.of("علی\u200C رضا", "invisible"),
                Arguments.of("علی\u200Dرضا", "invisible"),
                Arguments.of("دا\u200Cر", "invisible"),
                Arguments.of("علی\u200C\u200Cرضا", "invisible"),
                Arguments.of("क\u200Cष", "invisible"),
                Arguments.of("क्\u200D\u200Dष", "invisible"),
                Arguments.of("王\u200C明", "invisible"),
                Arguments.of("👍\u200D👍", "invisible"),
                Arguments.of("👩\u200D", "invisible"),
                Arguments.of("\u200D👩", "invisible"),
                Arguments.of("👩\u200D💻\u200D", "invisible"),
                Arguments.of("1\uFE0F", "invisible"),
                Arguments.of("a\uFE0F", "invisible"),
                Arguments.of("❤\uFE0E", "invisible"),
                Arguments.of("🏴\uDB40\uDC67", "invisible"),
                Arguments.of("a\uDB40\uDC67", "invisible"),
                Arguments.of("Al\u202Eice", "invisible"),
                // Characters without a meaning: private use, unassigned, not characters at all.
                Arguments.of("Al\uE000ice", "private use"),
                Arguments.of("\uF8FF", "private use"),
                Arguments.of("Al\uDB80\uDC00ice", "private use"),
                Arguments.of("Al\uDBC0\uDC00ice", "private use"),
                Arguments.of("Al\u0378ice", "private use"),
                Arguments.of("Al\uD83F\uDFFFice", "private use"),
                Arguments.of("Al\uFFFFice", "private use"),
                Arguments.of("Al\uFDD0ice", "private use"),
                // Marks that pile up, or that nothing carries.
                Arguments.of("Z" + "\u0335".repeat(5) + "algo", "marks"),
                Arguments.of("Za\u0300\u0301\u0302\u0303\u0304\u0305", "marks"),
                Arguments.of("ก" + "็".repeat(5), "marks"),
                Arguments.of("क" + "\u093C\u0903".repeat(5), "marks"),
                Arguments.of("\u0301Alice", "marks"),
                Arguments.of("Alice \u0301", "marks"),
                Arguments.of("\u0903Alice", "marks"),
                Arguments.of("Alice \u0903", "marks"),
                Arguments.of("a" + "\u20DD".repeat(5), "marks"));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void shouldRefuseANameWithAFlaw(String name, String reason) {
        assertThatThrownBy(() -> Text.displayName("name", name, LONG))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> Text.line("topic", name, LONG))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining(reason);
    }

    /** Marks on one character, at the bound and beyond it. */
    @Test
    void shouldBoundTheMarksOnACharacter() {
        String most = "x" + "\u0335".repeat(NameCharacters.MAX_MARKS);
        assertThat(Text.displayName("name", most + most, LONG)).isEqualTo(most + most);
        refuses(() -> Text.displayName("name", most + "\u0335", LONG));
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
        refuses(() -> Text.emoji(typed));
    }

    private static void refuses(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOf(ChatException.class);
    }
}

package chat.parlance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.text.NameCharacters;
import java.text.Normalizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of the names of people and rooms. */
final class NameTextTest {

    private static final int LONG = 100;

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
        assertThat(TextRules.displayName("name", name, LONG))
                .isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC));
        assertThat(TextRules.line("topic", name, LONG)).isEqualTo(name);
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
        assertThatThrownBy(() -> TextRules.displayName("name", name, LONG))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> TextRules.line("topic", name, LONG))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining(reason);
    }

    /** Marks on one character, at the bound and beyond it. */
    @Test
    void shouldBoundTheMarksOnACharacter() {
        String most = "x" + "\u0335".repeat(NameCharacters.MAX_MARKS);
        assertThat(TextRules.displayName("name", most + most, LONG)).isEqualTo(most + most);
        refuses(() -> TextRules.displayName("name", most + "\u0335", LONG));
    }

    /** Each would leave the name as it looks, or draw it in another order. */
    @ParameterizedTest
    @MethodSource("chat.parlance.model.TextTest#textsWithNothingToSee")
    void shouldRefuseANameWithSomethingHidden(String character) {
        int type = Character.getType(character.codePointAt(0));
        String name = "Al" + character + "ice";
        if (type == Character.SPACE_SEPARATOR) {
            assertThat(TextRules.displayName("name", name, LONG)).isEqualTo("Al ice");
        } else if (type != Character.ENCLOSING_MARK && character.codePointAt(0) != 0x301) {
            refuses(() -> TextRules.displayName("name", name, LONG));
            refuses(() -> TextRules.line("topic", name, LONG));
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
        assertThat(TextRules.displayName("name", typed, LONG)).isEqualTo(shown);
        assertThat(TextRules.displayName("name", shown, LONG)).isEqualTo(shown);
    }

    @Test
    void shouldRefuseANameThatLooksLikeOneWithAnId() {
        for (String name : new String[] {"Alice (@alice)", "\uFF20alice", "\uFE6Balice"}) {
            refuses(() -> TextRules.personName(name, LONG));
        }
        assertThat(TextRules.personName(" Alice (HR) ", LONG)).isEqualTo("Alice (HR)");
    }

    private static void refuses(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOf(ChatException.class);
    }
}

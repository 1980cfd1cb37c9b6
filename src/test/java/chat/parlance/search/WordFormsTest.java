package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.text.SearchLanguage;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Measures the words found by a word of a query against those that a reader means, on a set labelled by hand. */
final class WordFormsTest {

    /** Language: query: meant words / words that are not meant although they look alike. */
    private static final List<Row> LABELLED =
            Stream.of("""
                ENGLISH: tomato: tomatoes / tomb tomorrow
                ENGLISH: tomatoes: tomato / toma tomatillo
                ENGLISH: garden: gardens / gardenia gardner
                ENGLISH: plant: plants planted planting / planet plan plane plantain plantation
                ENGLISH: plan: plans planned planning / plane planes planet plant plants plank
                ENGLISH: car: cars / care cares card cards career carpet
                ENGLISH: part: parts / party parties partner particular
                ENGLISH: party: parties / part parts partner
                ENGLISH: hat: hats / hate hated hates that hatch
                ENGLISH: not: / note notes noted nothing notice
                ENGLISH: run: runs running / rune rung runway
                ENGLISH: bake: bakes baked baking / bak bakelite
                ENGLISH: baking: bake bakes baked / bak
                ENGLISH: box: boxes boxed / boxer boxwood
                ENGLISH: watch: watches watched watching / watchmaker
                ENGLISH: play: plays played playing / playa playground player
                ENGLISH: city: cities / citizen cite cited
                ENGLISH: house: houses housed / housekeeper household
                ENGLISH: meet: meets meeting meetings / meek
                ENGLISH: deploy: deploys deployed deploying deployment / depot
                ENGLISH: server: servers / serve served serves
                ENGLISH: error: errors / err terror
                ENGLISH: thing: things / the thin think
                ENGLISH: use: uses used using / user useful usual
                GERMAN: Tomate: Tomaten / Tomatensuppe
                GERMAN: Tomaten: Tomate / Tomatensuppe
                GERMAN: Haus: Hauses Häuser Häusern / Hausboot Hausmeister hausen
                GERMAN: Häuser: Haus Häusern / Hausierer häuslich
                GERMAN: Garten: Gärten Gartens / Gartenzaun Gärtner
                GERMAN: Kartoffel: Kartoffeln / Kartoffelsalat
                GERMAN: klein: kleine kleiner kleines kleinen kleinem / Kleinigkeit Kleid
                GERMAN: Lehrerin: Lehrerinnen / Lehrling
                GERMAN: Plan: Plans Plane Pläne Plänen / Planet Planung
                GERMAN: Tag: Tage Tagen Tages / Tagebuch tagen
                GERMAN: Frage: Fragen / Fragment fragil
                GERMAN: Straße: Straßen STRASSE / Strass Straßenbahn
                SPANISH: tomate: tomates / tomatero
                SPANISH: flor: flores / florero Florida
                SPANISH: luz: luces / Lucas
                SPANISH: amigo: amiga amigos amigas / amigable
                SPANISH: canción: canciones / cancionero
                SPANISH: pared: paredes / parecer parezca
                SPANISH: casa: casas / casado casco
                FRENCH: tomate: tomates / tomatier
                FRENCH: bateau: bateaux / bat bateleur
                FRENCH: cheval: chevaux / chevalier cheveux
                FRENCH: petit: petite petits petites / pétition
                FRENCH: fleur: fleurs / fleuriste fleuve
                FRENCH: été: étés / étendre
                RUSSIAN: помидор: помидоры помидоров помидором помидоре / помирить
                RUSSIAN: книга: книги книгу книге книг книгой / книжка
                RUSSIAN: дом: дома дому домом доме домов / домен доминант
                RUSSIAN: новый: новая новое новые нового новому / новость
                RUSSIAN: синий: синяя синее синие / синица
                RUSSIAN: учитель: учителя учителю учителем учителей / учить
                RUSSIAN: станция: станции станцию станций станцией / стан
                KOREAN: 학교: 학교에 학교에서 학교는 학교를 학교로 / 학생
                KOREAN: 학교에: 학교 학교에서 학교는 / 학생에
                KOREAN: 서울: 서울에서 서울은 서울로 서울역 / 서비스
                KOREAN: 집: 집에 집에서 집은 집으로 / 집중 집단 집행
                KOREAN: 집에서: 집 집에 집은 / 집중
                KOREAN: 고양이: 고양이가 고양이는 고양이를 / 고양시 고장
                KOREAN: 토마토: 토마토를 토마토가 토마토는 / 토요일
                KOREAN: 선생님이: 선생님 선생님은 선생님께 / 선생
                """.split("\n")).map(Row::of).toList();

    private static final double ROUNDING = 0.005;

    private record Row(SearchLanguage language, String query, List<String> meant, List<String> others) {
        static Row of(String line) {
            String[] parts = line.split(":", -1);
            String[] words = parts[2].split("/", -1);
            return new Row(SearchLanguage.valueOf(parts[0].strip()), parts[1].strip(), list(words[0]), list(words[1]));
        }

        private static List<String> list(String words) {
            return Stream.of(words.strip().split(" "))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
    }

    /** Precision: share of the found words that are meant. Recall: share of the meant words that are found. */
    private record Measure(double precision, double recall) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "precision %.2f, recall %.2f", precision, recall);
        }
    }

    /** The numbers are those of docs/decisions/0003-search.md. */
    @ParameterizedTest
    @CsvSource({
        "ENGLISH, 1.00, 0.97",
        "FRENCH, 1.00, 0.93",
        "GERMAN, 0.93, 1.00",
        "KOREAN, 1.00, 0.97",
        "RUSSIAN, 1.00, 1.00",
        "SPANISH, 1.00, 1.00"
    })
    void shouldFindTheWordsThatAReaderMeans(SearchLanguage language, double precision, double recall) {
        Measure forms = measure(language, finds(EnumSet.of(language)));
        assertThat(forms.precision()).as("%s: %s", language, forms).isGreaterThan(precision - ROUNDING);
        assertThat(forms.recall()).as("%s: %s", language, forms).isGreaterThan(recall - ROUNDING);
    }

    @ParameterizedTest
    @EnumSource(SearchLanguage.class)
    void shouldFindMoreThanTheWordAndFewerWrongOnesThanAPrefix(SearchLanguage language) {
        Measure forms = measure(language, finds(EnumSet.of(language)));
        Measure word = measure(language, String::equals);
        Measure beginning = measure(language, (query, found) -> found.startsWith(query));
        assertThat(forms.recall()).isGreaterThan(word.recall() + 0.4);
        assertThat(forms.recall()).isGreaterThanOrEqualTo(beginning.recall());
        assertThat(forms.precision()).isGreaterThanOrEqualTo(beginning.precision());
    }

    /** Reason why the languages of an installation are chosen, and why these are the default. */
    @Test
    void shouldFindManyWrongWordsByTheInflectionsOfOtherLanguagesWithTheSameLetters() {
        Measure own = measure(SearchLanguage.ENGLISH, finds(EnumSet.of(SearchLanguage.ENGLISH)));
        assertThat(measure(
                        SearchLanguage.ENGLISH,
                        finds(EnumSet.of(SearchLanguage.ENGLISH, SearchLanguage.KOREAN, SearchLanguage.RUSSIAN))))
                .isEqualTo(own);
        assertThat(measure(SearchLanguage.ENGLISH, finds(EnumSet.allOf(SearchLanguage.class)))
                        .precision())
                .isLessThan(own.precision() - 0.1);
    }

    @Test
    void shouldFindAWordByEachOfItsForms() {
        WordForms forms = new WordForms(EnumSet.complementOf(EnumSet.of(SearchLanguage.KOREAN)));
        for (Row row : LABELLED) {
            if (row.language() != SearchLanguage.KOREAN) {
                String word = fold(row.query());
                for (Form form : forms.of(word)) {
                    assertThat(forms.of(form.value()))
                            .as("%s by %s", word, form)
                            .contains(Form.exact(word));
                }
            }
        }
    }

    @Test
    void shouldBoundTheFormsOfAnyWord() {
        WordForms forms = new WordForms(EnumSet.allOf(SearchLanguage.class));
        for (Row row : LABELLED) {
            assertThat(forms.of(fold(row.query()))).as(row.query()).hasSizeBetween(1, 60);
        }
        assertThat(forms.of("x".repeat(40))).containsExactly(Form.exact("x".repeat(40)));
        assertThat(new WordForms(Set.of()).of("tomato")).containsExactly(Form.exact("tomato"));
        assertThat(forms.of("2026")).containsExactly(Form.exact("2026"));
    }

    private static BiPredicate<String, String> finds(Set<SearchLanguage> languages) {
        WordForms forms = new WordForms(languages);
        return (query, word) -> {
            Term term = Tokenizer.of(word).getFirst();
            return forms.of(query).stream().anyMatch(form -> form.matches(term));
        };
    }

    private static Measure measure(SearchLanguage language, BiPredicate<String, String> finds) {
        int meant = 0;
        int found = 0;
        int right = 0;
        for (Row row : LABELLED) {
            if (row.language() == language) {
                String query = fold(row.query());
                int hits = (int) row.meant().stream()
                        .filter(word -> finds.test(query, fold(word)))
                        .count();
                // The word itself is meant and found by every rule.
                meant += row.meant().size() + 1;
                right += hits + 1;
                found += hits
                        + 1
                        + (int) row.others().stream()
                                .filter(word -> finds.test(query, fold(word)))
                                .count();
            }
        }
        return new Measure((double) right / found, (double) right / meant);
    }

    private static String fold(String word) {
        return Tokenizer.of(word).getFirst().value();
    }
}

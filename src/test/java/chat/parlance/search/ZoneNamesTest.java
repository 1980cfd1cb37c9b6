package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import com.ibm.icu.util.TimeZone;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers have their names of time zones from ICU, so its list is the truth. */
final class ZoneNamesTest {

    private static final Instant WINTER = Instant.parse("2026-01-15T12:00:00Z");
    private static final Instant SUMMER = Instant.parse("2026-07-15T12:00:00Z");

    @Test
    void shouldKnowEveryZoneThatABrowserCanReport() {
        Map<String, String> wrong = new TreeMap<>();
        for (String name : TimeZone.getAvailableIDs()) {
            TimeZone zone = TimeZone.getTimeZone(name);
            for (Instant at : new Instant[] {WINTER, SUMMER}) {
                int expected = zone.getOffset(at.toEpochMilli()) / 1000;
                String found = offset(name, at);
                if (!found.equals(String.valueOf(expected))) {
                    wrong.put(name + " at " + at, found + " instead of " + expected);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(TimeZone.getAvailableIDs()).hasSizeGreaterThan(500);
    }

    @Test
    void shouldKnowEveryZoneOfTheJdk() {
        assertThat(ZoneId.getAvailableZoneIds()).allSatisfy(name -> {
            assertThat(ZoneNames.require(name)).isEqualTo(ZoneId.of(name));
            assertThat(ZoneNames.require(name.toUpperCase(Locale.ROOT))).isEqualTo(ZoneId.of(name));
        });
        assertThat(ZoneId.SHORT_IDS.keySet()).allSatisfy(ZoneNames::require);
    }

    @ParameterizedTest
    @CsvSource({
        "EST, -18000",
        "MST, -25200",
        "HST, -36000",
        "ROC, 28800",
        "est, -18000",
        "europe/berlin, 3600",
        "EUROPE/BERLIN, 3600",
        "Asia/Calcutta, 19800",
        "Etc/Unknown, 0",
        "Etc/GMT+5, -18000",
        "UTC, 0",
        "utc, 0",
        "GMT, 0",
        "UT, 0",
        "Z, 0",
        "z, 0",
        "GMT0, 0",
        "GMT+0, 0",
        "GMT-0, 0",
        "GMT+1, 3600",
        "gmt+1, 3600",
        "GMT+01:00, 3600",
        "GMT-0330, -12600",
        "GMT+5:30, 19800",
        "UTC+5, 18000",
        "UT-3, -10800",
        "+5, 18000",
        "+05, 18000",
        "+0530, 19800",
        "+05:30, 19800",
        "-12:00, -43200",
        "+14:00, 50400",
        "-00:44:30, -2670"
    })
    void shouldReadANameInAnyCaseOrAnOffset(String name, String seconds) {
        assertThat(offset(name, WINTER)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Mars/Olympus",
                "Europe",
                "Europe/",
                "../etc",
                "+",
                "GMT+",
                "+19:00",
                "+05:60",
                "+5:3",
                "05:30",
                " 05:30",
                "+05:30 ",
                "GMT 1",
                "+٥",
                "Europe/Berlin\u0000",
                "GMT+1GMT+1",
                "+18:00:01"
            })
    void shouldRefuseAnythingElseWithOneText(String name) {
        assertThatThrownBy(() -> ZoneNames.require(name))
                .isInstanceOf(ChatException.class)
                .hasMessage("The parameter zone is no time zone: give an IANA name such as Europe/Berlin,"
                        + " or an offset from UTC such as +05:30, in a URL %2B05:30");
    }

    private static String offset(String name, Instant at) {
        try {
            return String.valueOf(
                    ZoneNames.require(name).getRules().getOffset(at).getTotalSeconds());
        } catch (ChatException refused) {
            return "refused";
        }
    }
}

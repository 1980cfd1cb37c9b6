package chat.parlance.search;

import chat.parlance.error.ChatException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Time zones by their names, in any case: all that a browser's {@code Intl} can report. Browsers get their names from
 * CLDR, which keeps names that java.time has dropped.
 */
public final class ZoneNames {

    /** Names of CLDR that are neither in IANA's list nor in java.time's list of short names. */
    private static final Map<String, String> OLD = Map.of(
            "ROC",
            "Asia/Taipei",
            "Canada/East-Saskatchewan",
            "America/Regina",
            "US/Pacific-New",
            "America/Los_Angeles",
            // A browser that cannot determine the zone of its machine uses UTC.
            "Etc/Unknown",
            "UTC",
            "Factory",
            "UTC");

    private static final Map<String, ZoneId> ZONES = zones();

    private static final Pattern OFFSET =
            Pattern.compile("(?:gmt|utc|ut)?([+-])(\\d{1,2})(?::?(\\d{2})(?::?(\\d{2}))?)?", Pattern.CASE_INSENSITIVE);

    private ZoneNames() {}

    /**
     * The zone of a name such as {@code Europe/Berlin} or {@code EST}, or of an offset from UTC such as {@code +05:30} or {@code
     * GMT-3}.
     *
     * @throws ChatException with {@code bad_request} for anything else
     */
    public static ZoneId require(String name) {
        ZoneId named = ZONES.get(name.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        Matcher offset = OFFSET.matcher(name);
        if (!offset.matches()) {
            throw unknown();
        }
        int sign = offset.group(1).equals("-") ? -1 : 1;
        try {
            return ZoneOffset.ofHoursMinutesSeconds(
                    sign * number(offset.group(2)), sign * number(offset.group(3)), sign * number(offset.group(4)));
        } catch (DateTimeException outOfRange) {
            throw unknown();
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static ChatException unknown() {
        return ChatException.badRequest("The parameter zone is no time zone: give an IANA name such as Europe/Berlin,"
                + " or an offset from UTC such as +05:30, in a URL %2B05:30");
    }

    private static Map<String, ZoneId> zones() {
        Map<String, ZoneId> zones = new HashMap<>();
        OLD.forEach((name, meant) -> zones.put(name.toLowerCase(Locale.ROOT), ZoneId.of(meant)));
        ZoneId.SHORT_IDS.forEach((name, meant) -> zones.put(name.toLowerCase(Locale.ROOT), ZoneId.of(meant)));
        ZoneId.getAvailableZoneIds().forEach(name -> zones.put(name.toLowerCase(Locale.ROOT), ZoneId.of(name)));
        List.of("z", "ut").forEach(name -> zones.put(name, ZoneOffset.UTC));
        return Map.copyOf(zones);
    }
}

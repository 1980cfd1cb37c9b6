package chat.parlance.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Time span that the filters of a query leave; each filter narrows it. Days are of the reader's zone, in which a few
 * days do not start at midnight.
 */
final class TimeSpan {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern LOCAL_TIME = Pattern.compile(DAY + "T\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)?");
    private static final Pattern TIME = Pattern.compile(LOCAL_TIME + "(Z|[+-]\\S+)");

    private final ZoneId zone;
    private @Nullable Instant from;
    private @Nullable Instant until;

    TimeSpan(ZoneId zone) {
        this.zone = zone;
    }

    /** Earliest time, null for any. */
    @Nullable
    Instant from() {
        return from;
    }

    /** End of the span, exclusive; null for none. */
    @Nullable
    Instant until() {
        return until;
    }

    /** @return false when the text is no day or time */
    boolean after(String text) {
        return begin(time(text));
    }

    /** @return false when the text is no day or time */
    boolean before(String text) {
        return end(time(text));
    }

    /** @return false when the text is no day */
    boolean on(String text) {
        LocalDate day = day(text);
        return day != null
                && begin(day.atStartOfDay(zone).toInstant())
                && end(day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private boolean begin(@Nullable Instant time) {
        if (time != null && (from == null || time.isAfter(from))) {
            from = time;
        }
        return time != null;
    }

    private boolean end(@Nullable Instant time) {
        if (time != null && (until == null || time.isBefore(until))) {
            until = time;
        }
        return time != null;
    }

    private @Nullable Instant time(String text) {
        LocalDate day = day(text);
        if (day != null) {
            return day.atStartOfDay(zone).toInstant();
        }
        try {
            if (TIME.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
            return LOCAL_TIME.matcher(text).matches()
                    ? LocalDateTime.parse(text).atZone(zone).toInstant()
                    : null;
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return DAY.matcher(text).matches() ? LocalDate.parse(text) : null;
        } catch (DateTimeException none) {
            return null;
        }
    }
}

package chat.parlance.search;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Settings of one search besides its text.
 *
 * @param zone of the reader, in which a day begins
 * @param typing true while the query is being typed, so that an unfinished filter at its end is ignored
 */
public record QueryOptions(ZoneId zone, boolean typing) {

    /** Days of UTC, for a query that is finished. */
    public static final QueryOptions NONE = new QueryOptions(ZoneOffset.UTC, false);
}

package chat.parlance.search;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Settings of one search besides its text.
 *
 * @param zone of the reader, in which a day begins
 * @param lastWordBegins whether a word at the very end of the query is still being typed and counts as a beginning
 */
public record QueryOptions(ZoneId zone, boolean lastWordBegins) {

    /** Days of UTC, whole words. */
    public static final QueryOptions NONE = new QueryOptions(ZoneOffset.UTC, false);
}

package chat.parlance.model;

/**
 * Filter of a search, such as {@code from:alice}.
 *
 * @param name before the colon
 * @param value without quotation marks and the sign of a user or room, in lower case
 * @param range of the query that is the filter, in UTF-16 code units
 */
public record SearchFilter(String name, String value, TextRange range) {}

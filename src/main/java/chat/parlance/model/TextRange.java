package chat.parlance.model;

/**
 * A part of a text.
 *
 * @param start in UTF-16 code units, as Java and JavaScript count
 * @param end after the last of them
 */
public record TextRange(int start, int end) {}

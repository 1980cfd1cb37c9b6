package chat.parlance.search;

/**
 * A term of a text at its place.
 *
 * @param value in the form that is compared: without case, accents and width
 * @param position 1 for the text's first term, then one more each
 * @param start of its source, in UTF-16 code units of the text
 * @param end of its source, exclusive
 * @param firstEnd after the first character alone, of a term that is two characters of a script without spaces; else
 *     {@code end}
 */
public record Term(String value, int position, int start, int end, int firstEnd) {}

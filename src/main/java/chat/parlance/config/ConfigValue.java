package chat.parlance.config;

/**
 * Value of one key from one source.
 *
 * @param text the value as written; the elements of a list are joined by commas
 * @param origin place of the value, for people: a file with its line, a variable or a flag
 */
record ConfigValue(String key, String text, String origin) {}

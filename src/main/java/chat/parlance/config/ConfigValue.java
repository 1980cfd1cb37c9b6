package chat.parlance.config;

/**
 * What one source says about one key.
 *
 * @param text the value as it is written; the elements of a list are joined by commas
 * @param origin where it is written, for people: a file with its line, a variable or a flag
 */
record ConfigValue(String key, String text, String origin) {}

package chat.parlance.connection;

/** Names of the languages, for metrics. */
public enum LanguageName {
    JSON,
    LINES
}

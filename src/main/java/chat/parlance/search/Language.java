package chat.parlance.search;

/** A language whose inflections a search knows. */
public enum Language {
    ENGLISH,
    FRENCH,
    GERMAN,
    KOREAN,
    RUSSIAN,
    SPANISH
}

package chat.parlance.text;

/** A language whose inflections a search knows. */
public enum Language {
    ENGLISH,
    FRENCH,
    GERMAN,
    KOREAN,
    RUSSIAN,
    SPANISH
}

package chat.parlance.text;

/** A language whose inflections a search supports. */
public enum Language {
    ENGLISH,
    FRENCH,
    GERMAN,
    KOREAN,
    RUSSIAN,
    SPANISH
}

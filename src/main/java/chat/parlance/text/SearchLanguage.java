package chat.parlance.text;

/** A language whose inflections a search supports. */
public enum SearchLanguage {
    ENGLISH,
    FRENCH,
    GERMAN,
    KOREAN,
    RUSSIAN,
    SPANISH
}

package chat.parlance.search;

/** A language of which a search knows the inflections. */
public enum Language {
    ENGLISH,
    FRENCH,
    GERMAN,
    KOREAN,
    RUSSIAN,
    SPANISH
}

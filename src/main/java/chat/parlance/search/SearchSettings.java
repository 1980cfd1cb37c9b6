package chat.parlance.search;

import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;
import chat.parlance.text.SearchLanguage;
import java.util.Set;

/** Section {@code search}. */
public record SearchSettings(
        Set<SearchLanguage> languages,
        @Unwrapped Turns turns,
        @Within(min = 1, max = 1_000) int pageLimit,
        @Unwrapped Indexing indexing) {

    public SearchSettings {
        languages = Set.copyOf(languages);
    }

    /** Limits of concurrent and waiting searches of a node, and of the pending ones of one user. */
    public record Turns(
            @Within(min = 1, max = 1_000) int connections,
            @Within(min = 1, max = 1_000_000) int maxWaiting,
            @Within(min = 1, max = 1_000_000) int perUser) {}

    /** Limits of the indexer: events of one turn, and the share of the time in percent that turns may take. */
    public record Indexing(
            @Within(min = 1, max = 10_000) int indexBatch,
            @Within(min = 1, max = 100) int indexShare) {}
}

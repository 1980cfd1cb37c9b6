package chat.parlance.search;

import chat.parlance.model.Event;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up what was indexed. Every method may be called from any event loop. */
public interface SearchIndex {

    /** @param message as it is now; it has no text when it was deleted a moment ago */
    record Found(Event message, SearchPosition position) {}

    /**
     * The newest messages that have what is searched for, newest first, in rooms of which {@code caller} is a member now. A message that
     * was edited a moment ago may be found by its text before.
     *
     * @param before only messages that come after this place in the order, null for the newest
     * @param limit at most so many
     */
    Future<List<Found>> find(UserId caller, SearchQuery query, @Nullable SearchPosition before, int limit);
}

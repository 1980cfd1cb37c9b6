package chat.parlance.search;

import chat.parlance.model.Event;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lookup in the index. Every method may be called from any event loop. */
public interface SearchIndex {

    /** @param message in its present state; it has no text when it was just deleted */
    record Found(Event message, SearchPosition position) {}

    /**
     * The newest messages that match the query, newest first, in rooms of which {@code caller} is a member now. A
     * message that was just edited may be found by its old text.
     *
     * @param before only messages after this position in the order, null for the newest
     * @param limit the most messages
     */
    Future<List<Found>> find(UserId caller, SearchQuery query, @Nullable SearchPosition before, int limit);
}

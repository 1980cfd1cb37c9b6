package chat.parlance.http;

import chat.parlance.json.ResourceCodec;
import chat.parlance.search.QueryOptions;
import chat.parlance.search.SearchService;
import chat.parlance.search.ZoneNames;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Search over the caller's rooms. */
public final class SearchRoutes implements Operations {

    static final String SEARCH = "search";

    private final SearchService searches;

    public SearchRoutes(SearchService searches) {
        this.searches = searches;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(SEARCH, this::search);
    }

    private void search(RoutingContext context) {
        Responses.answer(
                context,
                200,
                searches.search(
                        Parameters.viewer(context),
                        context.request().getParam("q", ""),
                        options(context),
                        Parameters.limit(context),
                        context.request().getParam("page")),
                ResourceCodec::encodeHits);
    }

    private static QueryOptions options(RoutingContext context) {
        return new QueryOptions(
                ZoneNames.require(context.request().getParam("zone", "UTC")),
                Boolean.parseBoolean(context.request().getParam("incomplete")));
    }
}

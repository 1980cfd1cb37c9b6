package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.protocol.ResourceCodec;
import chat.parlance.search.QueryOptions;
import chat.parlance.search.SearchService;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Search over the caller's rooms. */
public final class SearchRoutes implements Operations {

    static final String SEARCH = "search";

    /** Value of the parameter prefix: the word at the end of the query is a beginning. */
    private static final String LAST = "last";

    private final SearchService searches;

    public SearchRoutes(SearchService searches) {
        this.searches = searches;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(SEARCH, this::search);
    }

    private void search(RoutingContext context) {
        Answers.answer(
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
                zone(context.request().getParam("zone")),
                LAST.equals(context.request().getParam("prefix")));
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw ChatException.badRequest(
                    "The parameter zone is no time zone: give an IANA name such as Europe/Berlin,"
                            + " or an offset from UTC such as +05:30");
        }
    }
}

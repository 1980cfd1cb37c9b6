package chat.parlance.http;

import chat.parlance.auth.UserDirectory;
import chat.parlance.json.ResourceCodec;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Search in the directory of users. */
public final class DirectoryRoutes implements Operations {

    private final UserDirectory directory;

    public DirectoryRoutes(UserDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of("findUsers", this::find);
    }

    private void find(RoutingContext context) {
        Responses.answer(
                context,
                200,
                directory.find(
                        context.request().getParam("q", ""),
                        context.request().getParam("afterId", ""),
                        Parameters.limit(context)),
                ResourceCodec::encodeUsers);
    }
}

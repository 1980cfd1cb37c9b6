package chat.parlance.http;

import chat.parlance.json.ResourceCodec;
import chat.parlance.model.ThreadPlace;
import chat.parlance.room.ThreadService;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Threads that the user follows. */
public final class ThreadRoutes implements Operations {

    static final String LIST = "listThreads";

    private final ThreadService threads;

    public ThreadRoutes(ThreadService threads) {
        this.threads = threads;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                LIST,
                this::list,
                "getThread",
                this::find,
                "followThread",
                context -> follow(context, true),
                "unfollowThread",
                context -> follow(context, false),
                "markThreadRead",
                this::markRead);
    }

    private void list(RoutingContext context) {
        String page = context.request().getParam("page");
        Responses.answer(
                context,
                200,
                threads.list(
                        Parameters.viewer(context),
                        page == null ? null : ThreadPlace.parse(page),
                        Parameters.limit(context)),
                ResourceCodec::encodeThreads);
    }

    private void find(RoutingContext context) {
        Responses.answer(
                context,
                200,
                threads.find(Parameters.viewer(context), Parameters.room(context), Parameters.seq(context)),
                ResourceCodec::encode);
    }

    private void follow(RoutingContext context, boolean following) {
        Responses.answer(
                context,
                200,
                threads.follow(
                        Parameters.viewer(context), Parameters.room(context), Parameters.seq(context), following),
                ResourceCodec::encode);
    }

    private void markRead(RoutingContext context) {
        Responses.answer(
                context,
                200,
                threads.markRead(
                        Parameters.viewer(context),
                        Parameters.room(context),
                        Parameters.seq(context),
                        Responses.body(context).target("seq")),
                ResourceCodec::encode);
    }
}

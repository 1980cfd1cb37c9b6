package chat.parlance.http;

import chat.parlance.json.ResourceCodec;
import chat.parlance.model.SavedPlace;
import chat.parlance.model.Target;
import chat.parlance.room.SavedService;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Saved messages of the user. */
public final class SavedRoutes implements Operations {

    static final String LIST = "listSaved";

    private final SavedService saved;

    public SavedRoutes(SavedService saved) {
        this.saved = saved;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(LIST, this::list, "saveMessage", this::save, "unsaveMessage", this::remove);
    }

    private void list(RoutingContext context) {
        String page = context.request().getParam("page");
        Responses.answer(
                context,
                200,
                saved.list(
                        Parameters.viewer(context),
                        page == null ? null : SavedPlace.parse(page),
                        Parameters.limit(context)),
                ResourceCodec::encodeSaved);
    }

    private void save(RoutingContext context) {
        Responses.answer(
                context,
                saved.save(
                        Parameters.viewer(context),
                        Parameters.room(context),
                        new Target(Parameters.seq(context), Parameters.stamp(context))));
    }

    private void remove(RoutingContext context) {
        Responses.answer(
                context, saved.remove(Parameters.viewer(context), Parameters.room(context), Parameters.seq(context)));
    }
}

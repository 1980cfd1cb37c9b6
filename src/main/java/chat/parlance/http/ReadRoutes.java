package chat.parlance.http;

import chat.parlance.json.ResourceCodec;
import chat.parlance.room.ReadMarkers;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Read markers. */
public final class ReadRoutes implements Operations {

    private final ReadMarkers markers;

    public ReadRoutes(ReadMarkers markers) {
        this.markers = markers;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of("markRead", this::markRead, "markUnread", this::markUnread);
    }

    private void markUnread(RoutingContext context) {
        Responses.answer(
                context,
                200,
                markers.moveBack(
                        Parameters.viewer(context),
                        Parameters.room(context),
                        Responses.body(context).target("seq")),
                ResourceCodec::encode);
    }

    private void markRead(RoutingContext context) {
        Responses.answer(
                context,
                200,
                markers.move(
                        Parameters.viewer(context),
                        Parameters.room(context),
                        Responses.body(context).target("seq")),
                ResourceCodec::encode);
    }
}

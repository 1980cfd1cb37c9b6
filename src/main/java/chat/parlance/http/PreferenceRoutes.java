package chat.parlance.http;

import chat.parlance.json.ResourceCodec;
import chat.parlance.json.ResourceFields;
import chat.parlance.model.RoomId;
import chat.parlance.room.PreferenceService;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The caller's preferences, for the list of rooms and for one room. */
public final class PreferenceRoutes implements Operations {

    private final PreferenceService preferences;

    public PreferenceRoutes(PreferenceService preferences) {
        this.preferences = preferences;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                "getPreferences", this::find,
                "changePreferences", this::change,
                "changeRoomPreferences", this::changeForRoom);
    }

    private void find(RoutingContext context) {
        Responses.answer(context, 200, preferences.find(Parameters.viewer(context)), ResourceCodec::encode);
    }

    private void change(RoutingContext context) {
        Responses.answer(
                context,
                200,
                preferences.change(Parameters.viewer(context), ResourceFields.preferences(Responses.body(context))),
                ResourceCodec::encode);
    }

    private void changeForRoom(RoutingContext context) {
        RoomId room = Parameters.room(context);
        Responses.answer(
                context,
                200,
                preferences.change(
                        Parameters.viewer(context), room, ResourceFields.roomPreferences(Responses.body(context))),
                changed -> ResourceCodec.encode(room, changed));
    }
}

package chat.parlance.http;

import chat.parlance.json.JsonFields;
import chat.parlance.json.ResourceCodec;
import chat.parlance.json.ResourceFields;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.PreferenceService;
import chat.parlance.room.RoomFilter;
import chat.parlance.room.RoomService;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rooms and their settings. */
public final class RoomRoutes implements Operations {

    private final RoomService rooms;
    private final PreferenceService preferences;

    public RoomRoutes(RoomService rooms, PreferenceService preferences) {
        this.rooms = rooms;
        this.preferences = preferences;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of(
                "listRooms", this::list,
                "createRoom", this::create,
                "getRoom", this::find,
                "changeRoom", this::change,
                "openDirect", this::openDirect);
    }

    private void list(RoutingContext context) {
        RoomFilter filter = new RoomFilter(
                context.request().getParam("q", ""),
                memberships(context.request().getParam("membership", "")),
                archived(context.request().getParam("archived", "false")));
        UserId viewer = Parameters.viewer(context);
        Future<List<Room>> page =
                rooms.list(viewer, filter, context.request().getParam("afterId", ""), Parameters.limit(context));
        if (Boolean.parseBoolean(context.request().getParam("withPreferences", "false"))) {
            Responses.answer(
                    context,
                    200,
                    preferences.find(viewer).compose(own -> page.map(found -> ResourceCodec.encodeRooms(found, own))),
                    Function.identity());
        } else {
            Responses.answer(context, 200, page, ResourceCodec::encodeRooms);
        }
    }

    private void create(RoutingContext context) {
        JsonFields body = Responses.body(context);
        RoomId room = RoomId.chosen(body.string("roomId"));
        Responses.answer(
                context,
                201,
                rooms.create(
                        Parameters.viewer(context),
                        room,
                        ResourceFields.profile(body, room.value()),
                        ResourceFields.visibility(body),
                        ResourceFields.members(body)),
                ResourceCodec::encode);
    }

    private void find(RoutingContext context) {
        Responses.answer(
                context, 200, rooms.find(Parameters.viewer(context), Parameters.room(context)), ResourceCodec::encode);
    }

    private void change(RoutingContext context) {
        RoomId room = Parameters.room(context);
        Responses.answer(
                context,
                200,
                rooms.change(Parameters.viewer(context), room, ResourceFields.changes(Responses.body(context)))
                        .compose(changed -> rooms.find(Parameters.viewer(context), room)),
                ResourceCodec::encode);
    }

    private void openDirect(RoutingContext context) {
        Responses.answer(
                context,
                200,
                rooms.openDirect(Parameters.viewer(context), Parameters.user(context)),
                ResourceCodec::encode);
    }

    private static Set<MembershipState> memberships(String wanted) {
        return switch (wanted) {
            case "" -> Set.of();
            case "own" -> EnumSet.of(MembershipState.JOINED, MembershipState.INVITED);
            default -> EnumSet.of(MembershipState.of(wanted));
        };
    }

    private static @Nullable Boolean archived(String wanted) {
        return wanted.equals("any") ? null : (Boolean) Boolean.parseBoolean(wanted);
    }
}

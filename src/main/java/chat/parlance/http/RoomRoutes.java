package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.model.Membership;
import chat.parlance.model.RoomId;
import chat.parlance.protocol.JsonFields;
import chat.parlance.protocol.ResourceCodec;
import chat.parlance.protocol.ResourceFields;
import chat.parlance.room.RoomFilter;
import chat.parlance.room.RoomService;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Rooms and their settings: {@code /api/v1/rooms} and {@code /api/v1/direct}. */
public final class RoomRoutes implements Routes {

    private final RoomService rooms;
    private final Authentication authentication;

    public RoomRoutes(RoomService rooms, Authentication authentication) {
        this.rooms = rooms;
        this.authentication = authentication;
    }

    @Override
    public void mount(Router router) {
        router.route("/api/v1/rooms*").handler(authentication::require);
        router.route("/api/v1/direct/*").handler(authentication::require);
        router.get("/api/v1/rooms").handler(this::list);
        router.post("/api/v1/rooms").handler(this::create);
        router.get("/api/v1/rooms/:room").handler(this::find);
        router.patch("/api/v1/rooms/:room").handler(this::change);
        router.put("/api/v1/direct/:user").handler(this::openDirect);
    }

    private void list(RoutingContext context) {
        RoomFilter filter = new RoomFilter(
                context.request().getParam("q", ""),
                membership(context),
                Boolean.parseBoolean(context.request().getParam("archived", "false")));
        Answers.answer(
                context,
                200,
                rooms.list(
                        Parameters.viewer(context),
                        filter,
                        context.request().getParam("after", ""),
                        Parameters.limit(context)),
                ResourceCodec::encodeRooms);
    }

    private void create(RoutingContext context) {
        JsonFields body = Answers.body(context);
        RoomId room = RoomId.chosen(body.string("roomId"));
        Answers.answer(
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
        Answers.answer(
                context, 200, rooms.find(Parameters.viewer(context), Parameters.room(context)), ResourceCodec::encode);
    }

    private void change(RoutingContext context) {
        RoomId room = Parameters.room(context);
        Answers.answer(
                context,
                200,
                rooms.change(Parameters.viewer(context), room, ResourceFields.changes(Answers.body(context)))
                        .compose(changed -> rooms.find(Parameters.viewer(context), room)),
                ResourceCodec::encode);
    }

    private void openDirect(RoutingContext context) {
        Answers.answer(
                context,
                200,
                rooms.openDirect(Parameters.viewer(context), Parameters.user(context)),
                ResourceCodec::encode);
    }

    private static @Nullable Membership membership(RoutingContext context) {
        String membership = context.request().getParam("membership");
        if (membership == null) {
            return null;
        }
        return switch (membership) {
            case "joined" -> Membership.JOINED;
            case "invited" -> Membership.INVITED;
            default -> throw ChatException.badRequest("The parameter membership is joined or invited");
        };
    }
}

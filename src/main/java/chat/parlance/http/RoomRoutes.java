package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.model.Member;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.protocol.JsonCodec;
import chat.parlance.protocol.JsonFields;
import chat.parlance.room.EventPage;
import chat.parlance.room.Range;
import chat.parlance.room.RoomService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rooms, their members and their history: {@code /api/v1/rooms}. */
public final class RoomRoutes implements Routes {

    private static final int DEFAULT_PAGE = 50;

    private final RoomService rooms;
    private final Authentication authentication;

    public RoomRoutes(RoomService rooms, Authentication authentication) {
        this.rooms = rooms;
        this.authentication = authentication;
    }

    @Override
    public void mount(Router router) {
        router.route("/api/v1/rooms*").handler(authentication::require);
        router.get("/api/v1/rooms").handler(this::list);
        router.post("/api/v1/rooms").handler(this::create);
        router.get("/api/v1/rooms/:room").handler(this::find);
        router.put("/api/v1/rooms/:room/members/:user").handler(this::addMember);
        router.delete("/api/v1/rooms/:room/members/:user").handler(this::removeMember);
        router.get("/api/v1/rooms/:room/events").handler(this::history);
    }

    private void list(RoutingContext context) {
        String after = context.request().getParam("after", "");
        Answers.answer(
                context,
                200,
                rooms.list(viewer(context), after),
                list -> new JsonObject()
                        .put(
                                "rooms",
                                new JsonArray(
                                        list.stream().map(RoomRoutes::json).toList()))
                        .toBuffer());
    }

    private void create(RoutingContext context) {
        JsonFields body = Answers.body(context);
        RoomId room = new RoomId(body.string("roomId"));
        String visibility = body.optionalString("visibility");
        List<UserId> members = body.strings("members").stream().map(UserId::new).toList();
        Answers.answer(
                context,
                201,
                rooms.create(
                        viewer(context),
                        room,
                        body.optionalString("name"),
                        visibility == null ? Visibility.PUBLIC : Visibility.of(visibility),
                        members),
                created -> json(created).toBuffer());
    }

    private void find(RoutingContext context) {
        RoomId room = room(context);
        String after = context.request().getParam("after", "");
        Future<JsonObject> found = rooms.find(viewer(context), room)
                .compose(visible -> rooms.members(viewer(context), room, after)
                        .map(members -> json(visible)
                                .put(
                                        "members",
                                        new JsonArray(members.stream()
                                                .map(RoomRoutes::json)
                                                .toList()))));
        Answers.answer(context, 200, found, JsonObject::toBuffer);
    }

    private void addMember(RoutingContext context) {
        Answers.answer(context, rooms.addMember(viewer(context), room(context), member(context)));
    }

    private void removeMember(RoutingContext context) {
        Answers.answer(context, rooms.removeMember(viewer(context), room(context), member(context)));
    }

    private void history(RoutingContext context) {
        Answers.answer(context, 200, rooms.history(viewer(context), room(context), range(context)), RoomRoutes::page);
    }

    private static Range range(RoutingContext context) {
        Long limit = number(context, "limit");
        Long before = number(context, "before");
        Long after = number(context, "after");
        if (before != null && after != null) {
            throw ChatException.badRequest("Either before or after, not both");
        }
        int size = limit == null ? DEFAULT_PAGE : (int) Math.min(limit, Integer.MAX_VALUE);
        if (after != null) {
            return new Range.After(after, size);
        }
        return before == null ? Range.newest(size) : new Range.Before(before, size);
    }

    private static @Nullable Long number(RoutingContext context, String name) {
        String value = context.request().getParam(name);
        if (value == null) {
            return null;
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw ChatException.badRequest("The parameter " + name + " is not a whole number");
        }
        return Long.valueOf(value);
    }

    private static UserId viewer(RoutingContext context) {
        return Authentication.principal(context).user();
    }

    private static RoomId room(RoutingContext context) {
        return RoomId.lookup(context.pathParam("room"));
    }

    private static UserId member(RoutingContext context) {
        return new UserId(context.pathParam("user"));
    }

    private static Buffer page(EventPage page) {
        return Buffer.buffer(JsonCodec.encodePage(page.events(), page.head()));
    }

    private static JsonObject json(Room room) {
        JsonObject json = new JsonObject()
                .put("roomId", room.id().value())
                .put("name", room.name())
                .put("visibility", room.visibility().wireName())
                .put("head", room.head())
                .put("member", room.role() != null);
        return room.role() == null ? json : json.put("role", room.role().wireName());
    }

    private static JsonObject json(Member member) {
        return new JsonObject()
                .put("userId", member.user().value())
                .put("name", member.name())
                .put("role", member.role().wireName());
    }
}

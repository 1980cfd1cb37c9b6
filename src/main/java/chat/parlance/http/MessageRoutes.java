package chat.parlance.http;

import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventBody.Posted;
import chat.parlance.model.RoomId;
import chat.parlance.protocol.JsonFields;
import chat.parlance.protocol.ResourceCodec;
import chat.parlance.room.RoomService;
import chat.parlance.room.Selection;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What was said in a room and what is done with it: below {@code /api/v1/rooms/ROOM}. */
public final class MessageRoutes implements Routes {

    private static final String MESSAGE = "/api/v1/rooms/:room/messages/:seq";
    private static final String REACTION = MESSAGE + "/reactions/:emoji";
    private static final String PIN = "/api/v1/rooms/:room/pins/:seq";

    private final RoomService rooms;

    public MessageRoutes(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    public void mount(Router router) {
        router.get("/api/v1/rooms/:room/events").handler(context -> page(context, "events", Selection.EVENTS));
        router.get("/api/v1/rooms/:room/messages").handler(context -> page(context, "messages", Selection.MESSAGES));
        router.get("/api/v1/rooms/:room/pins").handler(context -> page(context, "messages", Selection.PINNED));
        router.get(MESSAGE + "/replies")
                .handler(context -> page(context, "messages", new Selection.Replies(Parameters.seq(context))));
        router.get(MESSAGE).handler(this::find);
        router.post("/api/v1/rooms/:room/messages").handler(this::post);
        router.patch(MESSAGE).handler(this::edit);
        router.delete(MESSAGE)
                .handler(context -> post(
                        context, new EventBody.Delete(Parameters.idempotencyKey(context), Parameters.seq(context))));
        router.put(REACTION).handler(context -> react(context, false));
        router.delete(REACTION).handler(context -> react(context, true));
        router.put(PIN).handler(context -> pin(context, false));
        router.delete(PIN).handler(context -> pin(context, true));
    }

    private void page(RoutingContext context, String name, Selection selection) {
        Answers.answer(
                context,
                200,
                rooms.history(
                        Parameters.viewer(context), Parameters.room(context), selection, Parameters.range(context)),
                page -> ResourceCodec.encodePage(name, page.events(), page.head()));
    }

    private void find(RoutingContext context) {
        Answers.answer(
                context,
                200,
                rooms.message(Parameters.viewer(context), Parameters.room(context), Parameters.seq(context)),
                ResourceCodec::encode);
    }

    private void post(RoutingContext context) {
        JsonFields body = Answers.body(context);
        Posted message = new EventBody.Message(
                new ClientId(body.string("id")), body.string("text"), body.optionalSeq("replyTo"));
        RoomId room = Parameters.room(context);
        rooms.post(Parameters.viewer(context), room, message)
                .onSuccess(stored -> Answers.send(
                        context,
                        stored.duplicate() ? 200 : 201,
                        ResourceCodec.encodePosted(room, message, stored.seq())))
                .onFailure(context::fail);
    }

    private void edit(RoutingContext context) {
        JsonFields body = Answers.body(context);
        post(
                context,
                new EventBody.Edit(new ClientId(body.string("id")), Parameters.seq(context), body.string("text")));
    }

    private void react(RoutingContext context, boolean removed) {
        post(
                context,
                new EventBody.Reaction(
                        Parameters.idempotencyKey(context),
                        Parameters.seq(context),
                        context.pathParam("emoji"),
                        removed));
    }

    private void pin(RoutingContext context, boolean removed) {
        post(context, new EventBody.Pin(Parameters.idempotencyKey(context), Parameters.seq(context), removed));
    }

    private void post(RoutingContext context, Posted change) {
        RoomId room = Parameters.room(context);
        Answers.answer(
                context,
                200,
                rooms.post(Parameters.viewer(context), room, change),
                stored -> ResourceCodec.encodePosted(room, change, stored.seq()));
    }
}

package chat.parlance.http;

import chat.parlance.json.JsonFields;
import chat.parlance.json.ResourceCodec;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventBody.Posted;
import chat.parlance.model.Poll;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.TextRules;
import chat.parlance.room.RoomService;
import chat.parlance.room.Selection;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of a room and changes of messages. */
public final class MessageRoutes implements Operations {

    private final RoomService rooms;

    public MessageRoutes(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.ofEntries(
                Map.entry("listEvents", context -> page(context, "events", Selection.EVENTS)),
                Map.entry("listMessages", context -> page(context, "messages", Selection.MESSAGES)),
                Map.entry("listPins", context -> page(context, "messages", Selection.PINNED)),
                Map.entry(
                        "listReplies",
                        context -> page(context, "messages", new Selection.Replies(Parameters.seq(context)))),
                Map.entry("getMessage", this::find),
                Map.entry("postMessage", this::post),
                Map.entry("editMessage", this::edit),
                Map.entry("deleteMessage", this::delete),
                Map.entry("react", context -> react(context, false)),
                Map.entry("unreact", context -> react(context, true)),
                Map.entry("pin", context -> pin(context, false)),
                Map.entry("unpin", context -> pin(context, true)),
                Map.entry("vote", this::vote),
                Map.entry("closePoll", this::closePoll));
    }

    private void page(RoutingContext context, String name, Selection selection) {
        Responses.answerPage(
                context,
                rooms.page(Parameters.viewer(context), Parameters.room(context), selection, Parameters.range(context)),
                page -> ResourceCodec.encodePage(name, page));
    }

    private void find(RoutingContext context) {
        Responses.answer(
                context,
                200,
                rooms.message(Parameters.viewer(context), Parameters.room(context), Parameters.seq(context)),
                ResourceCodec::encode);
    }

    private void post(RoutingContext context) {
        JsonFields body = Responses.body(context);
        Posted message = new EventBody.Message(
                new ClientId(body.string("id")),
                body.string("text"),
                body.optionalSeq("replyTo"),
                body.flag("alsoToRoom"),
                Poll.of(Poll.stored(body.strings("options")), body.flag("multiple")));
        RoomId room = Parameters.room(context);
        Responses.answer(
                context,
                stored -> stored.duplicate() ? 200 : 201,
                rooms.post(Parameters.viewer(context), room, new PostRequest(message, body.optionalStamp())),
                stored -> ResourceCodec.encodePosted(room, message, stored.cursor()));
    }

    private void vote(RoutingContext context) {
        JsonFields body = Responses.body(context);
        post(
                context,
                new EventBody.Vote(
                        new ClientId(body.string("id")), Parameters.seq(context), Poll.stored(body.strings("options"))),
                body.optionalStamp());
    }

    private void closePoll(RoutingContext context) {
        post(
                context,
                new EventBody.Close(Parameters.idempotencyKey(context), Parameters.seq(context)),
                Parameters.stamp(context));
    }

    private void edit(RoutingContext context) {
        JsonFields body = Responses.body(context);
        post(
                context,
                new EventBody.Edit(new ClientId(body.string("id")), Parameters.seq(context), body.string("text")),
                body.optionalStamp());
    }

    private void delete(RoutingContext context) {
        post(
                context,
                new EventBody.Delete(Parameters.idempotencyKey(context), Parameters.seq(context)),
                Parameters.stamp(context));
    }

    private void react(RoutingContext context, boolean removed) {
        post(
                context,
                new EventBody.Reaction(
                        Parameters.idempotencyKey(context),
                        Parameters.seq(context),
                        TextRules.emoji(context.pathParam("emoji")),
                        removed),
                Parameters.stamp(context));
    }

    private void pin(RoutingContext context, boolean removed) {
        post(
                context,
                new EventBody.Pin(Parameters.idempotencyKey(context), Parameters.seq(context), removed),
                Parameters.stamp(context));
    }

    private void post(RoutingContext context, Posted change, @Nullable Stamp targetStamp) {
        RoomId room = Parameters.room(context);
        Responses.answer(
                context,
                200,
                rooms.post(Parameters.viewer(context), room, new PostRequest(change, targetStamp)),
                stored -> ResourceCodec.encodePosted(room, change, stored.cursor()));
    }
}

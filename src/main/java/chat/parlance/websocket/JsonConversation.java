package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.limit.Cost;
import chat.parlance.model.Principal;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.JsonCodec;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.Appended;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subprotocol {@code parlance.v1.json}. */
final class JsonConversation implements Conversation {

    private final EventLoop loop;
    private final Connection connection;

    /** Joins that are not answered yet. They go together, so that who comes back to many rooms costs few reads. */
    private final Map<RoomId, Future<?>> joins = new HashMap<>();

    JsonConversation(EventLoop loop, Connection connection) {
        this.loop = loop;
        this.connection = connection;
    }

    @Override
    public Subprotocol subprotocol() {
        return Subprotocol.JSON;
    }

    @Override
    public byte[] encode(ServerFrame frame) {
        return JsonCodec.encode(frame);
    }

    @Override
    public void begin() {
        Principal principal = connection.principal();
        if (principal != null) {
            welcome(null, principal);
        }
    }

    @Override
    public Future<?> receive(String text) {
        ClientFrame frame = JsonCodec.decode(text);
        boolean goesAlong = frame instanceof ClientFrame.Join join && !joins.containsKey(join.room());
        return joins.isEmpty() || goesAlong
                ? receive(frame)
                : Future.join(List.copyOf(joins.values())).transform(answered -> receive(frame));
    }

    private Future<?> receive(ClientFrame frame) {
        try {
            connection.admit(cost(frame));
            return act(frame);
        } catch (ChatException refused) {
            return fail(frame.ref(), refused);
        }
    }

    private static Cost cost(ClientFrame frame) {
        return switch (frame) {
            case ClientFrame.Join join -> Cost.READ;
            case ClientFrame.Read read -> Cost.READ;
            case ClientFrame.Typing typing -> Cost.READ;
            case ClientFrame.Ping ping -> Cost.READ;
            case ClientFrame.Auth auth -> Cost.WRITE;
            case ClientFrame.Leave leave -> Cost.WRITE;
            case ClientFrame.Post post -> Cost.WRITE;
            case ClientFrame.Create create -> Cost.WRITE;
            case ClientFrame.Direct direct -> Cost.WRITE;
            case ClientFrame.ChangeMember change -> Cost.WRITE;
            case ClientFrame.ChangeRoom change -> Cost.WRITE;
            case ClientFrame.Invalid invalid -> Cost.WRITE;
        };
    }

    private Future<?> act(ClientFrame frame) {
        return switch (frame) {
            case ClientFrame.Auth auth -> authenticate(auth);
            case ClientFrame.Join join -> join(join);
            case ClientFrame.Leave leave ->
                answer(
                        leave.ref(),
                        connection
                                .leave(leave.room())
                                .onSuccess(left -> connection.send(new ServerFrame.Left(leave.ref(), leave.room()))));
            case ClientFrame.Post post -> post(post);
            case ClientFrame.Create create ->
                show(
                        create.ref(),
                        loop.rooms()
                                .create(
                                        user(),
                                        create.room(),
                                        create.profile(),
                                        create.visibility(),
                                        create.members()));
            case ClientFrame.Direct direct -> show(direct.ref(), loop.rooms().openDirect(user(), direct.user()));
            case ClientFrame.ChangeMember member ->
                change(
                        member.ref(),
                        member.room(),
                        loop.rooms().change(user(), member.room(), member.user(), member.change()));
            case ClientFrame.ChangeRoom room ->
                change(room.ref(), room.room(), loop.rooms().change(user(), room.room(), room.changes()));
            case ClientFrame.Read read ->
                later(answer(
                        read.ref(),
                        connection
                                .markRead(read.room(), read.target())
                                .onSuccess(marker -> connection.send(new ServerFrame.Read(read.ref(), marker)))));
            case ClientFrame.Typing typing -> typing(typing);
            case ClientFrame.Ping ping -> {
                connection.send(new ServerFrame.Pong(ping.ref()));
                yield Future.succeededFuture();
            }
            case ClientFrame.Invalid invalid -> fail(invalid.ref(), invalid.reason());
        };
    }

    private Future<?> authenticate(ClientFrame.Auth auth) {
        return answer(auth.ref(), loop.auth().recognize(auth.token()).map(principal -> {
            connection.authenticated(principal);
            welcome(auth.ref(), principal);
            return principal;
        }));
    }

    private Future<?> join(ClientFrame.Join join) {
        Future<?> joined = connection.join(join.room(), join.since()).onSuccess(subscription -> {
            connection.send(new ServerFrame.Joined(join.ref(), join.room(), subscription.head()));
            subscription.start();
        });
        if (!joined.isComplete()) {
            joins.put(join.room(), joined);
            joined.onComplete(answered -> joins.remove(join.room()));
        }
        return later(answer(join.ref(), joined));
    }

    private Future<?> post(ClientFrame.Post post) {
        Future<Appended> appended = connection.post(post.room(), post.request());
        return later(answer(
                post.ref(),
                appended.onSuccess(stored -> connection.send(new ServerFrame.Ack(
                        post.ref(), post.room(), post.request().body(), stored.cursor())))));
    }

    /** Lets the client go on before it is answered, unless too much is under way. */
    private Future<?> later(Future<?> answered) {
        return connection.isFull() ? answered : Future.succeededFuture();
    }

    /** Typing is too frequent to be acknowledged to who does not ask for it. */
    private Future<?> typing(ClientFrame.Typing typing) {
        connection.typing(typing.room());
        if (typing.ref() != null) {
            connection.send(new ServerFrame.Changed(typing.ref(), typing.room()));
        }
        return Future.succeededFuture();
    }

    private Future<?> show(@Nullable String ref, Future<Room> room) {
        return answer(ref, room.onSuccess(found -> connection.send(new ServerFrame.RoomFound(ref, found))));
    }

    private Future<?> change(@Nullable String ref, RoomId room, Future<?> change) {
        return answer(ref, change.onSuccess(done -> connection.send(new ServerFrame.Changed(ref, room))));
    }

    @Override
    public void deliver(EventBatch batch) {
        connection.write(loop.frames().frame(batch, Subprotocol.JSON));
    }

    @Override
    public void signal(Signal.Shown signal) {
        connection.write(loop.frames().frame(signal));
    }

    @Override
    public void presence(RoomPresence presence) {
        connection.write(loop.frames().frame(presence));
    }

    @Override
    public void standingChanged(RoomId room, @Nullable Room seen) {
        connection.send(seen == null ? new ServerFrame.Left(null, room) : new ServerFrame.RoomFound(null, seen));
    }

    private UserId user() {
        return connection.requirePrincipal().user();
    }

    private void welcome(@Nullable String ref, Principal principal) {
        connection.send(new ServerFrame.Welcome(ref, principal.user(), loop.node(), principal.session()));
    }

    private Future<?> answer(@Nullable String ref, Future<?> work) {
        return work.onFailure(failure -> fail(ref, ChatException.of(failure)));
    }

    /** Says what went wrong; a client that cannot be authenticated is let go. */
    private Future<?> fail(@Nullable String ref, ChatException reason) {
        connection.send(new ServerFrame.Failed(ref, reason));
        if (reason.code() == ErrorCode.AUTH_REQUIRED || reason.code() == ErrorCode.AUTH_INVALID_TOKEN) {
            connection.close(CloseCode.UNAUTHENTICATED);
        } else if (reason.code() == ErrorCode.CONNECTION_LIMIT) {
            connection.close(CloseCode.CROWDED);
        }
        return Future.succeededFuture();
    }
}

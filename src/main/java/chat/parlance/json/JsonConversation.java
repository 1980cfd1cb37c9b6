package chat.parlance.json;

import chat.parlance.auth.AuthService;
import chat.parlance.connection.Connection;
import chat.parlance.connection.ConnectionLimits;
import chat.parlance.connection.Greeting;
import chat.parlance.connection.Language;
import chat.parlance.connection.LanguageName;
import chat.parlance.connection.RequestRate;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.limit.Cost;
import chat.parlance.log.Faults;
import chat.parlance.model.Principal;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.RoomService;
import chat.parlance.room.Signal;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Language of the subprotocol {@code parlance.v1.json}. */
final class JsonConversation implements Language {

    private final Greeting greeting;
    private final ConnectionLimits.LogIn limits;
    private final RoomService rooms;
    private final AuthService auth;
    private final RequestRate rate;
    private final JsonFrames frames;
    private final Connection connection;

    /** Unanswered joins. They run together, so that a client that resumes many rooms costs few reads. */
    private final Map<RoomId, Future<?>> joins = new HashMap<>();

    JsonConversation(
            Greeting greeting,
            ConnectionLimits.LogIn limits,
            RoomService rooms,
            AuthService auth,
            RequestRate rate,
            JsonFrames frames,
            Connection connection) {
        this.greeting = greeting;
        this.limits = limits;
        this.rooms = rooms;
        this.auth = auth;
        this.rate = rate;
        this.frames = frames;
        this.connection = connection;
    }

    @Override
    public LanguageName name() {
        return LanguageName.JSON;
    }

    @Override
    public byte[] encode(ServerFrame frame) {
        return JsonCodec.encode(frame);
    }

    @Override
    public void begin() {
        Principal principal = connection.principal();
        if (principal != null) {
            connection.send(welcome(null, principal));
        }
    }

    @Override
    public Future<?> receive(String text) {
        return attempt(null, "frame", () -> {
            ClientFrame frame = JsonCodec.decode(text);
            boolean goesAlong = frame instanceof ClientFrame.Join join && !joins.containsKey(join.room());
            return joins.isEmpty() || goesAlong
                    ? receive(frame)
                    : Future.join(List.copyOf(joins.values())).transform(answered -> receive(frame));
        });
    }

    private Future<?> receive(ClientFrame frame) {
        return attempt(frame.ref(), frame.getClass().getSimpleName(), () -> {
            rate.take(cost(frame));
            FrameScope.require(frame, connection.principal());
            return act(frame);
        });
    }

    /** Processes a frame at once, and answers any exception. */
    private Future<?> attempt(@Nullable String ref, String request, Supplier<Future<?>> work) {
        try {
            return work.get();
        } catch (Throwable failure) {
            return fail(ref, request, failure);
        }
    }

    private static Cost cost(ClientFrame frame) {
        return switch (frame) {
            case ClientFrame.Join join -> Cost.READ;
            case ClientFrame.MarkRead read -> Cost.READ;
            case ClientFrame.MarkUnread unread -> Cost.WRITE;
            case ClientFrame.Typing typing -> Cost.READ;
            case ClientFrame.Ping ping -> Cost.READ;
            case ClientFrame.Auth auth -> Cost.WRITE;
            case ClientFrame.Leave leave -> Cost.WRITE;
            case ClientFrame.Post post -> Cost.WRITE;
            case ClientFrame.CreateRoom create -> Cost.WRITE;
            case ClientFrame.OpenDirect direct -> Cost.WRITE;
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
                        leave,
                        connection.requests().leave(leave.room()),
                        left -> new ServerFrame.Left(leave.ref(), leave.room()));
            case ClientFrame.Post post ->
                later(answer(
                        post,
                        connection.requests().post(post.room(), post.request()),
                        stored -> new ServerFrame.Ack(
                                post.ref(), post.room(), post.request().body(), stored.cursor())));
            case ClientFrame.CreateRoom create ->
                answer(
                        create,
                        rooms.create(user(), create.room(), create.profile(), create.visibility(), create.members()),
                        room -> new ServerFrame.RoomFound(create.ref(), room));
            case ClientFrame.OpenDirect direct ->
                answer(
                        direct,
                        rooms.openDirect(user(), direct.user()),
                        room -> new ServerFrame.RoomFound(direct.ref(), room));
            case ClientFrame.ChangeMember member ->
                answer(
                        member,
                        rooms.change(user(), member.room(), member.user(), member.change()),
                        done -> new ServerFrame.Changed(member.ref(), member.room()));
            case ClientFrame.ChangeRoom room ->
                answer(
                        room,
                        rooms.change(user(), room.room(), room.changes()),
                        done -> new ServerFrame.Changed(room.ref(), room.room()));
            case ClientFrame.MarkRead read ->
                later(answer(
                        read,
                        connection.requests().markRead(read.room(), read.target()),
                        marker -> new ServerFrame.Read(read.ref(), marker)));
            case ClientFrame.MarkUnread unread ->
                answer(
                        unread,
                        connection.requests().markUnread(unread.room(), unread.target()),
                        marker -> new ServerFrame.Read(unread.ref(), marker));
            case ClientFrame.Typing typing -> typing(typing);
            case ClientFrame.Ping ping -> {
                connection.send(new ServerFrame.Pong(ping.ref()));
                yield Future.succeededFuture();
            }
            case ClientFrame.Invalid invalid -> fail(invalid.ref(), "invalid frame", invalid.reason());
        };
    }

    private Future<?> authenticate(ClientFrame.Auth frame) {
        return answer(frame, auth.recognize(frame.token()), principal -> {
            connection.authenticated(principal);
            return welcome(frame.ref(), principal);
        });
    }

    private Future<?> join(ClientFrame.Join join) {
        Future<?> joined = connection
                .requests()
                .join(
                        join.room(),
                        join.since(),
                        head -> connection.send(new ServerFrame.Joined(join.ref(), join.room(), head)));
        if (!joined.isComplete()) {
            joins.put(join.room(), joined);
            joined.onComplete(answered -> joins.remove(join.room()));
        }
        return later(answered(join, joined));
    }

    /** Lets the client's next frame be processed before the answer, unless the limit of pending requests is reached. */
    private Future<?> later(Future<?> answered) {
        return connection.requests().isFull() ? answered : Future.succeededFuture();
    }

    /** Typing notices are too frequent to be acknowledged to a client that does not ask for it. */
    private Future<?> typing(ClientFrame.Typing typing) {
        connection.requests().typing(typing.room());
        if (typing.ref() != null) {
            connection.send(new ServerFrame.Changed(typing.ref(), typing.room()));
        }
        return Future.succeededFuture();
    }

    @Override
    public void deliver(EventBatch batch) {
        connection.write(frames.of(batch));
    }

    @Override
    public void signal(Signal.Shown signal) {
        connection.write(frames.of(signal));
    }

    @Override
    public void presence(RoomPresence presence) {
        connection.write(frames.of(presence));
    }

    @Override
    public void membershipChanged(RoomId room, @Nullable Room seen) {
        connection.send(seen == null ? new ServerFrame.Left(null, room) : new ServerFrame.RoomFound(null, seen));
    }

    @Override
    public void heads(Map<RoomId, Long> heads) {
        connection.send(new ServerFrame.Heads(heads));
    }

    @Override
    public int loginTimeoutMs() {
        return limits.authTimeoutMs();
    }

    @Override
    public boolean endsWithToken() {
        return true;
    }

    private UserId user() {
        return connection.requirePrincipal().user();
    }

    private ServerFrame welcome(@Nullable String ref, Principal principal) {
        return greeting.to(ref, principal);
    }

    /** Answers a frame with the result of the work, or with any failure of the work or of the answer. */
    private <T> Future<?> answer(ClientFrame frame, Future<T> work, Function<T, ServerFrame> answer) {
        return answered(frame, work.map(result -> {
            connection.send(answer.apply(result));
            return result;
        }));
    }

    /** Answers the failure of work that answers itself when it succeeds. */
    private Future<?> answered(ClientFrame frame, Future<?> work) {
        return work.onFailure(failure -> fail(frame.ref(), frame.getClass().getSimpleName(), failure));
    }

    /** Answers a failure; a client that cannot be authenticated is disconnected. */
    private Future<?> fail(@Nullable String ref, String request, Throwable failure) {
        ChatException reason = Faults.answer("WebSocket: " + request, connection.peer(), failure);
        connection.send(new ServerFrame.Failed(ref, reason));
        if (reason.code() == ErrorCode.AUTH_REQUIRED || reason.code() == ErrorCode.AUTH_INVALID_TOKEN) {
            connection.close(CloseCode.UNAUTHENTICATED);
        } else if (reason.code() == ErrorCode.CONNECTION_LIMIT) {
            connection.close(CloseCode.CROWDED);
        }
        return Future.succeededFuture();
    }
}

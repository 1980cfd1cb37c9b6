package chat.parlance.websocket;

import chat.parlance.auth.Requester;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.limit.Cost;
import chat.parlance.limit.RateLimits;
import chat.parlance.model.Cursor;
import chat.parlance.model.PostRequest;
import chat.parlance.model.Principal;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.Appended;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import chat.parlance.room.Subscriber;
import chat.parlance.room.Subscription;
import chat.parlance.room.UserConnection;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client: who it is, which rooms it has joined, what it has asked for.
 *
 * <pre>
 *   upgraded ──auth──▶ authenticated ──close, expiry, revocation, slow, drain──▶ closed
 *      └──── time is up ────────────────────────────────────────────────────────▲
 * </pre>
 *
 * Belongs to one event loop.
 */
final class Connection implements FrameChannel.Listener, Subscriber, UserConnection {

    /** Over which clients come back that are sent away all at once. */
    private static final int RETURN_WITHIN_MS = 5000;

    private final EventLoop loop;
    private final FrameChannel channel;
    private final Conversation conversation;
    private final String address;
    private final Admission admission;
    private final FollowedRooms rooms;
    private final Requests requests;
    private final Set<RoomId> toldLeft = new HashSet<>();
    private final long openedAtMs;
    private final Pulse pulse;
    private final RateLimits.ConnectionLimit rate;
    private @Nullable Principal principal;
    /** Principal of the session that only this connection has, for nobody else has a token of it. */
    private @Nullable Principal own;

    private int refusals;

    /** Read by threads that hash passwords. */
    private volatile boolean gone;

    Connection(
            EventLoop loop,
            FrameChannel channel,
            String address,
            Admission admission,
            @Nullable Principal principal,
            Function<Connection, Conversation> conversation) {
        this.loop = loop;
        this.channel = channel;
        this.address = address;
        this.admission = admission;
        this.principal = principal;
        this.openedAtMs = monotonicMs();
        this.rate = loop.rates().connection();
        this.pulse = new Pulse(loop.limits(), openedAtMs);
        this.conversation = conversation.apply(this);
        this.rooms = new FollowedRooms(
                loop.hub(), loop.signals(), this, loop.limits().maxRooms());
        this.requests = new Requests(loop, channel, this.conversation::receive);
    }

    void open() {
        loop.connections().add(this);
        loop.meters().opened();
        channel.listen(this);
        Principal proved = principal;
        principal = null;
        try {
            if (proved != null) {
                authenticated(proved);
            }
            conversation.begin();
        } catch (ChatException crowded) {
            send(new ServerFrame.Failed(null, crowded));
            close(CloseCode.CROWDED);
        }
    }

    // What the conversations do

    void send(ServerFrame frame) {
        sendText(conversation.encode(frame));
    }

    void sendText(byte[] text) {
        write(SharedFrames.frame(text));
    }

    /** Writes a complete WebSocket frame, and releases it. */
    void write(ByteBuf frame) {
        channel.write(frame);
    }

    @Nullable
    Principal principal() {
        return principal;
    }

    /** Who the client is, for what only a user may do. */
    Principal requirePrincipal() {
        if (principal == null) {
            throw new ChatException(ErrorCode.AUTH_REQUIRED);
        }
        return principal;
    }

    /** The client, as one that asks for a session. */
    Requester requester() {
        return new Requester(address, "", this, () -> gone);
    }

    /**
     * Takes the client for who it has proved to be. A renewal is by the same user.
     *
     * @throws ChatException with {@code connection.limit}, when the user has too many
     */
    void authenticated(Principal proved) {
        if (principal != null && !principal.user().equals(proved.user())) {
            throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN, "The token is another user's");
        }
        if (principal == null) {
            loop.rates().opened(proved.user());
            loop.signals().add(proved.user(), this);
            admission.proved();
        }
        principal = proved;
    }

    /** Ends the session of the principal together with the connection, or when the client logs in as somebody else. */
    void own(Principal opened) {
        if (gone) {
            loop.auth().logOut(opened);
        } else {
            own = opened;
        }
    }

    /** Forgets who the client is, and its rooms. */
    void forget() {
        if (own != null) {
            // If it fails, the session ends when it expires, or as one too many of its user.
            loop.auth().logOut(own);
            own = null;
        }
        rooms.stopAll();
        if (principal != null) {
            loop.signals().remove(principal.user(), this);
            loop.rates().closed(principal.user());
        }
        principal = null;
    }

    /**
     * Lets a request pass that the limits of the connection and of its user allow. Who goes on asking for far more is cut.
     *
     * @throws ChatException with {@code rate.limited}
     */
    void admit(Cost cost) {
        try {
            rate.take(cost);
            takeOfUser(cost);
            refusals = Math.max(0, refusals - 1);
        } catch (ChatException refused) {
            if (++refusals > loop.limits().maxRefusals()) {
                close(CloseCode.FLOOD);
            }
            throw refused;
        }
    }

    /** The connection's own limit. */
    RateLimits.ConnectionLimit rate() {
        return rate;
    }

    /** Takes from the limit of the user, when there is one. */
    void takeOfUser(Cost cost) {
        if (principal != null) {
            loop.rates().user(principal.user(), cost);
        }
    }

    /** A request is held back until the limits allow it. */
    void held() {
        pulse.held(monotonicMs());
    }

    /** See {@link FollowedRooms#join}. */
    Future<Subscription> join(RoomId room, @Nullable Since since) {
        requirePrincipal();
        return requests.underWay(rooms.join(room, since));
    }

    /** The last event that the client was given of a room that it follows. */
    Optional<Cursor> cursor(RoomId room) {
        return rooms.cursor(room);
    }

    /** Whether the room's events are delivered to the client. */
    boolean follows(RoomId room) {
        return rooms.contains(room);
    }

    /** Stops following a room without leaving it. */
    void unsubscribe(RoomId room) {
        rooms.stop(room);
    }

    /** Ends the membership. */
    Future<Void> leave(RoomId room) {
        UserId user = requirePrincipal().user();
        return loop.rooms()
                .leave(user, room)
                .onSuccess(left -> {
                    toldLeft.add(room);
                    rooms.stop(room);
                })
                .mapEmpty();
    }

    Future<Appended> post(RoomId room, PostRequest request) {
        UserId user = requirePrincipal().user();
        if (!loop.hub().isCurrent()) {
            return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
        }
        long begin = System.nanoTime();
        return requests.underWay(loop.rooms().post(user, room, request))
                .onSuccess(stored -> loop.meters().acknowledged(System.nanoTime() - begin));
    }

    /** Moves the user's read marker. */
    Future<ReadMarker> markRead(RoomId room, Target target) {
        return requests.underWay(loop.readMarkers().move(requirePrincipal().user(), room, target));
    }

    /** Tells the others in a room that this connection follows that its user is typing. */
    void typing(RoomId room) {
        requirePrincipal();
        rooms.typing(room, monotonicMs());
    }

    /** Whether as many requests are under way as may be. */
    boolean isFull() {
        return requests.isFull();
    }

    void close(CloseCode code) {
        channel.close(code);
    }

    // What the event loop does, once a second and at the end

    /** Closes the connection when its time is up, and pings it when it is due. Only proofs go by the wall clock. */
    void tick() {
        long nowMs = monotonicMs();
        int timeoutMs = switch (conversation.subprotocol()) {
            case JSON -> loop.limits().authTimeoutMs();
            case LINES -> loop.limits().lineLoginTimeoutMs();
        };
        if (principal == null && nowMs - openedAtMs >= timeoutMs) {
            close(CloseCode.UNAUTHENTICATED);
        } else if (principal != null
                && !principal.expiresAt().isAfter(loop.clock().instant())) {
            expired(principal);
        } else {
            beat(nowMs);
        }
    }

    private void beat(long nowMs) {
        switch (pulse.tick(nowMs)) {
            case NOTHING -> {}
            case PING -> {
                channel.ping();
                sendHeads();
            }
            case GIVE_UP -> channel.abort();
        }
        rooms.setPresent(pulse.isPresent(nowMs));
    }

    private static long monotonicMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /**
     * Takes nothing more from the client, finishes what is under way, and sends the client away.
     *
     * @param reconnectWithinMs in which the client shall come back, at a random time
     */
    void sendAway(String reason, int reconnectWithinMs) {
        if (!requests.isEnding() && channel.isOpen()) {
            requests.end(() -> {
                send(new ServerFrame.Bye(reason, reconnectWithinMs));
                close(CloseCode.DRAIN);
            });
        }
    }

    // What the channel does

    @Override
    public void received(String text) {
        pulse.heard();
        requests.received(text);
    }

    @Override
    public void alive() {
        pulse.answered();
    }

    @Override
    public void closed() {
        gone = true;
        loop.connections().remove(this);
        loop.meters().closed();
        forget();
        requests.clear();
    }

    // What the hub does

    @Override
    public UserId user() {
        return requirePrincipal().user();
    }

    @Override
    public void deliver(EventBatch batch) {
        conversation.deliver(batch);
    }

    @Override
    public void signal(Signal.Shown signal) {
        conversation.signal(signal);
    }

    @Override
    public void presence(RoomPresence presence) {
        conversation.presence(presence);
    }

    @Override
    public void removed(RoomId room) {
        toldLeft.add(room);
        rooms.stop(room);
        send(new ServerFrame.Left(null, room));
    }

    @Override
    public void standingChanged(RoomId room, @Nullable Room seen) {
        boolean told = toldLeft.remove(room) || follows(room);
        if (seen != null || !told) {
            conversation.standingChanged(room, seen);
        }
    }

    @Override
    public void outdated() {
        sendAway("cut_off", RETURN_WITHIN_MS);
    }

    @Override
    public void reset(RoomId room, long from, long head) {
        send(new ServerFrame.Reset(room, from, head));
    }

    @Override
    public Future<Void> writable() {
        return channel.writable();
    }

    /** A person in line mode has no token to renew; the session is looked at every second anyway. */
    private void expired(Principal proof) {
        switch (conversation.subprotocol()) {
            case JSON -> close(CloseCode.UNAUTHENTICATED);
            case LINES -> principal = new Principal(proof.user(), proof.session(), Instant.MAX);
        }
    }

    private void sendHeads() {
        Map<RoomId, Long> heads = rooms.positions();
        if (!heads.isEmpty() && conversation.subprotocol() == Subprotocol.JSON) {
            send(new ServerFrame.Heads(heads));
        }
    }
}

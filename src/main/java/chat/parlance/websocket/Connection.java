package chat.parlance.websocket;

import chat.parlance.auth.Requester;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * State of one client: its identity, its followed rooms and its requests.
 *
 * <pre>
 *   upgraded ──auth──▶ authenticated ──close, expiry, revocation, slow, drain──▶ closed
 *      └──── timeout ───────────────────────────────────────────────────────────▲
 * </pre>
 *
 * Belongs to one event loop.
 */
final class Connection implements FrameChannel.Listener, Subscriber, UserConnection {

    /** Interval in which disconnected clients reconnect, each at a random time, when all are disconnected at once. */
    private static final int RETURN_WITHIN_MS = 5000;

    private final EventLoop loop;
    private final FrameChannel channel;
    private final Conversation conversation;
    private final String address;
    private final FollowedRooms rooms;
    private final Requests requests;
    private final Set<RoomId> toldLeft = new HashSet<>();
    private final long openedAtMs;
    private final Pulse pulse;
    private final RequestRate rate;
    private final Identity identity;

    /** Read by the threads that hash passwords. */
    private volatile boolean gone;

    Connection(
            EventLoop loop,
            FrameChannel channel,
            String address,
            AddressSlots slots,
            Function<Connection, Conversation> conversation) {
        this.loop = loop;
        this.channel = channel;
        this.address = address;
        this.openedAtMs = monotonicMs();
        this.rate = new RequestRate(loop, this);
        this.identity = new Identity(loop, this, slots);
        this.pulse = new Pulse(loop.limits(), openedAtMs);
        this.conversation = conversation.apply(this);
        this.rooms = new FollowedRooms(
                loop.hub(), loop.signals(), this, loop.limits().maxRooms());
        this.requests = new Requests(loop, channel, this.conversation::receive);
    }

    /** @param proved identity from the handshake's credentials, null for a handshake without any */
    void open(@Nullable Principal proved) {
        loop.connections().add(this);
        loop.meters().opened();
        channel.listen(this);
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

    // Called by the conversations

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
        return identity.principal();
    }

    /** Identity of the client, for requests that only a user may send. */
    Principal requirePrincipal() {
        return identity.require();
    }

    /** Properties of the client that a request for a session needs. */
    Requester requester() {
        return new Requester(address, "", this, () -> gone);
    }

    /** See {@link Identity#proved}. */
    void authenticated(Principal proved) {
        identity.proved(proved);
    }

    /** See {@link Identity#own}. */
    void own(Principal opened) {
        identity.own(opened);
    }

    /** Forgets the client's identity and rooms. */
    void forget() {
        rooms.stopAll();
        identity.forget();
    }

    /** Rate limits of the connection and of its user. */
    RequestRate rate() {
        return rate;
    }

    /** A request waits until the rate limits allow it. */
    void held() {
        pulse.held(monotonicMs());
    }

    /** See {@link FollowedRooms#join}. */
    Future<Subscription> join(RoomId room, @Nullable Since since) {
        requirePrincipal();
        return requests.underWay(rooms.join(room, since));
    }

    /** The last event that the client was given of a followed room. */
    Optional<Cursor> cursor(RoomId room) {
        return rooms.cursor(room);
    }

    /** True when the client receives the room's events. */
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

    /** Moves the user's read marker back, to before a message. */
    Future<ReadMarker> markUnread(RoomId room, Target target) {
        return requests.underWay(loop.readMarkers().moveBack(requirePrincipal().user(), room, target));
    }

    /** Sends a typing notice of the user to the others in a followed room. */
    void typing(RoomId room) {
        requirePrincipal();
        rooms.typing(room, monotonicMs());
    }

    /** True when the limit of pending requests is reached. */
    boolean isFull() {
        return requests.isFull();
    }

    void close(CloseCode code) {
        channel.close(code);
    }

    // Called by the event loop, once a second and at the end

    /** Closes the connection when a timeout has passed, and pings the client when a ping is due. */
    void tick() {
        long nowMs = monotonicMs();
        if (identity.isLapsed(conversation.subprotocol(), nowMs - openedAtMs)) {
            close(CloseCode.UNAUTHENTICATED);
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
     * Takes no more requests, finishes the pending ones, and then disconnects the client.
     *
     * @param reconnectWithinMs the client reconnects at a random time within this interval
     */
    void sendAway(String reason, int reconnectWithinMs) {
        if (!requests.isEnding() && channel.isOpen()) {
            requests.end(() -> {
                send(new ServerFrame.Bye(reason, reconnectWithinMs));
                close(CloseCode.DRAIN);
            });
        }
    }

    // Called by the channel

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
        rooms.stopAll();
        identity.end();
        requests.clear();
    }

    // Called by the hub

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

    private void sendHeads() {
        Map<RoomId, Long> heads = rooms.positions();
        if (!heads.isEmpty() && conversation.subprotocol() == Subprotocol.JSON) {
            send(new ServerFrame.Heads(heads));
        }
    }
}

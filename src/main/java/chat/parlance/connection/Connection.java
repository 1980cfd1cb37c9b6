package chat.parlance.connection;

import chat.parlance.auth.Requester;
import chat.parlance.error.ChatException;
import chat.parlance.model.Principal;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import chat.parlance.room.Subscriber;
import chat.parlance.room.UserConnection;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * State of one client: its identity, its subscriptions and its requests.
 *
 * <pre>
 *   upgraded ──auth──▶ authenticated ──close, expiry, revocation, slow, drain──▶ closed
 *      └──── timeout ───────────────────────────────────────────────────────────▲
 * </pre>
 *
 * Belongs to one event loop.
 */
public final class Connection implements Channel.Listener, Subscriber, UserConnection, TimerWheel.Owner {

    /** Interval in which disconnected clients reconnect, each at a random time, when all are disconnected at once. */
    private static final int RETURN_WITHIN_MS = 5000;

    /** Time until the next tick of a connection that is being closed. */
    private static final int LAPSED_TICK_MS = 5000;

    /** Parts of a connection. Each is made of those before. */
    interface Parts {

        Identity identity(UserConnection connection);

        Subscriptions subscriptions(Subscriber connection);

        /** @param taker processes a message of the client */
        RequestQueue queue(Function<String, Future<?>> taker);

        RoomRequests requests(Identity identity, Subscriptions subscriptions, RequestQueue queue);

        KeepAlive keepAlive(long nowMs);

        Language language(Connection connection);

        /** Time of a monotonic clock. */
        long nowMs();

        /** Sets the time of the next tick. */
        void tickAt(Connection connection, long dueMs);

        /** The connection is closed. */
        void closed(Connection connection);
    }

    private final Parts parts;
    private final Channel channel;
    private final String address;
    private final long openedAtMs;
    private final KeepAlive keepAlive;
    private final Identity identity;
    private final Subscriptions subscriptions;
    private final RequestQueue queue;
    private final RoomRequests requests;
    private final Language language;

    /** Read by the threads that hash passwords. */
    private volatile boolean gone;

    /** @param address of the client */
    Connection(Channel channel, String address, Parts parts) {
        this.channel = channel;
        this.address = address;
        this.parts = parts;
        this.openedAtMs = parts.nowMs();
        this.keepAlive = parts.keepAlive(openedAtMs);
        this.identity = parts.identity(this);
        this.subscriptions = parts.subscriptions(this);
        this.queue = parts.queue(this::process);
        this.requests = parts.requests(identity, subscriptions, queue);
        this.language = parts.language(this);
    }

    /** @param proved identity from the handshake's credentials, null for a handshake without any */
    void open(@Nullable Principal proved) {
        channel.listen(this);
        try {
            if (proved != null) {
                authenticated(proved);
            }
            language.begin();
        } catch (ChatException crowded) {
            send(new ServerFrame.Failed(null, crowded));
            close(CloseCode.CROWDED);
        }
    }

    // Called by the languages

    public void send(ServerFrame frame) {
        sendText(language.encode(frame));
    }

    public void sendText(byte[] text) {
        channel.send(text);
    }

    /** Writes a complete frame of {@link SharedFrames}, and releases it. */
    public void write(ByteBuf frame) {
        channel.write(frame);
    }

    public @Nullable Principal principal() {
        return identity.principal();
    }

    /** Identity of the client, for requests that only a user may send. */
    public Principal requirePrincipal() {
        return identity.require();
    }

    /** Properties of the client that a request for a session needs. */
    public Requester requester() {
        return new Requester(address, "", this, () -> gone);
    }

    /** See {@link Identity#proved}. */
    public void authenticated(Principal proved) {
        identity.proved(proved);
        tickSoon();
    }

    /** See {@link Identity#own}. */
    public void own(Principal opened) {
        identity.own(opened);
    }

    /** Forgets the client's identity and rooms. */
    public void forget() {
        subscriptions.stopAll();
        identity.forget();
        tickSoon();
    }

    /** Checks at the next tick anew when the next timeout passes, which may be sooner than before. */
    private void tickSoon() {
        parts.tickAt(this, parts.nowMs());
    }

    /** Requests of the client that concern this connection. */
    public RoomRequests requests() {
        return requests;
    }

    /** A request waits until the rate limits allow it. */
    public void held() {
        keepAlive.held(parts.nowMs());
    }

    public void close(CloseCode code) {
        channel.close(code);
    }

    /** Address and port of the peer, for the log; a proxy's, if there is one. */
    public String peer() {
        return channel.peer();
    }

    LanguageName languageName() {
        return language.name();
    }

    // Called by the event loop

    /** Closes the connection when a timeout has passed, pings the client when a ping is due, and sends changed heads. */
    @Override
    public long tick(long nowMs) {
        long lapsesInMs = identity.lapsesInMs(language, nowMs - openedAtMs);
        if (lapsesInMs <= 0) {
            close(CloseCode.UNAUTHENTICATED);
            return nowMs + LAPSED_TICK_MS;
        }
        switch (keepAlive.tick(nowMs)) {
            case NOTHING -> {}
            case PING -> channel.ping();
            case GIVE_UP -> channel.abort();
        }
        subscriptions.setPresent(keepAlive.isPresent(nowMs));
        Map<RoomId, Long> heads = subscriptions.takeMoved();
        if (!heads.isEmpty()) {
            language.heads(heads);
        }
        return Math.min(keepAlive.dueMs(nowMs), nowMs + lapsesInMs);
    }

    /**
     * Takes no more requests, finishes the pending ones, and then disconnects the client.
     *
     * @param reconnectWithinMs the client reconnects at a random time within this interval
     */
    public void sendAway(String reason, int reconnectWithinMs) {
        if (!queue.isEnding() && channel.isOpen()) {
            queue.end(() -> {
                send(new ServerFrame.Bye(reason, reconnectWithinMs));
                close(CloseCode.DRAIN);
            });
        }
    }

    private Future<?> process(String text) {
        return language.receive(text);
    }

    // Called by the channel

    @Override
    public void received(String text) {
        keepAlive.heard(parts.nowMs());
        subscriptions.setPresent(true);
        queue.received(text);
    }

    @Override
    public void alive() {
        keepAlive.answered(parts.nowMs());
        subscriptions.setPresent(true);
    }

    @Override
    public void closed() {
        gone = true;
        parts.closed(this);
        subscriptions.stopAll();
        identity.end();
        queue.clear();
    }

    // Called by the hubs

    @Override
    public UserId user() {
        return requirePrincipal().user();
    }

    @Override
    public void deliver(EventBatch batch) {
        subscriptions.moved();
        language.deliver(batch);
    }

    @Override
    public void signal(Signal.Shown signal) {
        if (identity.sees(signal.place().orElse(null))) {
            language.signal(signal);
        }
    }

    @Override
    public void presence(RoomPresence presence) {
        language.presence(presence);
    }

    @Override
    public void removed(RoomId room) {
        subscriptions.end(room);
        send(new ServerFrame.Left(null, room));
    }

    @Override
    public void membershipChanged(RoomId room, @Nullable Room seen) {
        boolean told = subscriptions.isTold(room);
        if ((seen != null || !told) && identity.sees(room)) {
            language.membershipChanged(room, seen);
        }
    }

    @Override
    public void outdated() {
        sendAway("cut_off", RETURN_WITHIN_MS);
    }

    @Override
    public void reset(RoomId room, long from, long head) {
        subscriptions.moved();
        send(new ServerFrame.Reset(room, from, head));
    }

    @Override
    public Future<Void> writable() {
        return channel.writable();
    }
}

package chat.parlance.limit;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All limits of a node. A method either returns or throws {@code rate.limited} with the time to wait. May be called
 * from any thread.
 */
public final class RateLimits {

    /** Limit of one connection. */
    @FunctionalInterface
    public interface ConnectionLimit {

        /** @throws ChatException with {@code rate.limited} */
        void take(Cost cost);
    }

    /** Limit of the users or addresses with a bucket; more with a bucket that is not full are an attack. */
    private static final int MAX_BUCKETS = 100_000;

    /** Key under which all connections of the public port are counted. */
    private static final String PORT = "public";

    private final LimitSettings settings;
    private final LimitMeters meters;
    private final LongSupplier nanoTime;
    private final UserLimit users;
    private final OpenConnections<UserId> connections;
    private final OpenConnections<String> port;
    private final OpenConnections<String> connectionsOfAddresses;
    private final OpenConnections<String> unproven;
    private final Buckets<String> addresses;
    private final Buckets<String> files;
    private final Buckets<String> handshakes;
    private final Buckets<String> logIns;
    private final Buckets<String> registrations;

    public RateLimits(LimitSettings settings, UsageBus bus, LimitMeters meters, LongSupplier nanoTime) {
        this.settings = settings;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.users = new UserLimit(bus, settings.messages().user(), Cost.WRITE.tokens(), MAX_BUCKETS, nanoTime);
        this.connections = connections(settings.connections().userConnections(), ErrorCode.CONNECTION_LIMIT);
        this.port = connections(settings.connections().connections(), ErrorCode.SERVER_OVERLOADED);
        this.connectionsOfAddresses =
                connections(settings.connections().addressConnections(), ErrorCode.CONNECTION_LIMIT);
        this.unproven = connections(settings.connections().unprovenConnections(), ErrorCode.CONNECTION_LIMIT);
        this.addresses = buckets(settings.requests().rest());
        this.files = buckets(settings.requests().files());
        this.handshakes = buckets(settings.handshakes().rate());
        this.logIns = buckets(settings.accounts().logIn());
        this.registrations = buckets(settings.accounts().registration());
    }

    /** Limits of what a connection sends beyond its rate. */
    public LimitSettings.Excess excess() {
        return settings.excess();
    }

    /** Limit of a new connection. */
    public ConnectionLimit connection() {
        if (!settings.enabled()) {
            return cost -> {};
        }
        TokenBucket bucket = new TokenBucket(settings.messages().connection(), Cost.WRITE.tokens(), nanoTime);
        return cost -> pass(Limit.CONNECTION, () -> bucket.take(cost.tokens()));
    }

    public void user(UserId user, Cost cost) {
        pass(Limit.USER, () -> users.take(user, cost.tokens()));
    }

    /**
     * Counts a connection for the user, until {@link #closed}.
     *
     * @throws ChatException with {@code connection.limit}, when the user has too many; this one is not counted then
     */
    public void opened(UserId user) {
        pass(Limit.USER_CONNECTIONS, () -> connections.open(user));
    }

    /** Removes a connection from the user's count. */
    public void closed(UserId user) {
        connections.close(user);
    }

    /**
     * Counts a connection that the public port accepted.
     *
     * @param address of the peer, null for a trusted proxy: {@link #forwarded} counts its clients
     * @throws ChatException with {@code server.overloaded} when too many are open in all, with {@code connection.limit}
     *     when the address has too many
     */
    public Slot accepted(@Nullable String address) {
        Slot all = take(Limit.CONNECTIONS, port, PORT);
        if (address == null) {
            return all;
        }
        try {
            Slot own = take(Limit.ADDRESS_CONNECTIONS, connectionsOfAddresses, address);
            return new Slot(() -> {
                own.close();
                all.close();
            });
        } catch (ChatException refused) {
            all.close();
            throw refused;
        }
    }

    /**
     * Counts a WebSocket behind a trusted proxy as a connection of the client's address.
     *
     * @throws ChatException with {@code connection.limit}
     */
    public Slot forwarded(String address) {
        return take(Limit.ADDRESS_CONNECTIONS, connectionsOfAddresses, address);
    }

    /**
     * Counts a WebSocket whose client has not logged in yet.
     *
     * @throws ChatException with {@code connection.limit}
     */
    public Slot unproven(String address) {
        return take(Limit.UNPROVEN_CONNECTIONS, unproven, address);
    }

    /** Number of open connections of the public port. */
    public int openConnections() {
        return port.count(PORT);
    }

    public void request(String address) {
        pass(Limit.ADDRESS, () -> addresses.of(address).take(1));
    }

    /** Counts a request outside the REST interface. */
    public void file(String address) {
        pass(Limit.FILES, () -> files.of(address).take(1));
    }

    public void handshake(String address) {
        pass(Limit.HANDSHAKE, () -> handshakes.of(address).take(1));
    }

    public void logIn(String address) {
        pass(Limit.LOGIN, () -> logIns.of(address).take(1));
    }

    public void registration(String address) {
        pass(Limit.REGISTRATION, () -> registrations.of(address).take(1));
    }

    /** Reports token usage to the other nodes; called a few times a second. */
    public void report() {
        users.report();
    }

    /** Drops unused buckets; called now and then. */
    public void sweep() {
        users.sweep();
        addresses.sweep();
        files.sweep();
        handshakes.sweep();
        logIns.sweep();
        registrations.sweep();
    }

    private <K> OpenConnections<K> connections(int max, ErrorCode refusal) {
        return new OpenConnections<>(settings.enabled() ? max : Integer.MAX_VALUE, refusal);
    }

    private Slot take(Limit limit, OpenConnections<String> connections, String owner) {
        try {
            return connections.take(owner);
        } catch (ChatException refused) {
            meters.limited(limit);
            throw refused;
        }
    }

    private Buckets<String> buckets(Rate rate) {
        return new Buckets<>(() -> new TokenBucket(rate, 1, nanoTime), MAX_BUCKETS);
    }

    private void pass(Limit limit, Runnable take) {
        if (!settings.enabled()) {
            return;
        }
        try {
            take.run();
        } catch (ChatException refused) {
            meters.limited(limit);
            throw refused;
        }
    }
}

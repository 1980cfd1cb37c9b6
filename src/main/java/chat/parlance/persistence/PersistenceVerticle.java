package chat.parlance.persistence;

import chat.parlance.bus.BusAddress;
import chat.parlance.error.ChatException;
import chat.parlance.log.Condition;
import chat.parlance.room.NewEvent;
import chat.parlance.room.NodeBus;
import chat.parlance.room.PostRules;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Commits events in groups, then answers with their seqs and publishes them. Nothing is acknowledged or published
 * before its commit.
 *
 * <p>Events of this node arrive by {@link LocalAppends}. Events of other nodes arrive by the bus, and are checked here
 * by the same rules as a client's: no node trusts that another one did.
 */
public final class PersistenceVerticle extends VerticleBase {

    private static final int BROKEN = 400;

    private final BatchWriter writer;
    private final NodeBus bus;
    private final CommitSettings settings;
    private final int lockTimeoutMs;
    private final int maxTextBytes;
    private final LocalCommit local;
    private final StoreMeters meters;

    /**
     * Condition of rejected events. Nodes check events before they send them, so the sender has another configuration
     * or version, or is no node.
     */
    private final Condition rejecting = Condition.of(
            LoggerFactory.getLogger(PersistenceVerticle.class),
            "Events of another node are rejected",
            "No event of another node is rejected any more");

    private @Nullable MessageConsumer<Object> consumer;
    private @Nullable GroupCommit commit;

    /** @param local open as long as this verticle is deployed */
    PersistenceVerticle(
            BatchWriter writer,
            NodeBus bus,
            CommitSettings settings,
            int lockTimeoutMs,
            int maxTextBytes,
            LocalCommit local,
            StoreMeters meters) {
        this.writer = writer;
        this.bus = bus;
        this.settings = settings;
        this.lockTimeoutMs = lockTimeoutMs;
        this.maxTextBytes = maxTextBytes;
        this.local = local;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        GroupCommit group = new GroupCommit(writer, bus::publish, settings, lockTimeoutMs, meters, System::nanoTime);
        commit = group;
        local.open(context, group);
        consumer = vertx.eventBus().consumer(BusAddress.APPEND, message -> append(group, message));
        return consumer.completion();
    }

    /** Accepts no more events and finishes the accepted ones, within the time of a batch. */
    @Override
    public Future<?> stop() {
        local.close();
        GroupCommit group = commit;
        return consumer == null || group == null
                ? Future.succeededFuture()
                : consumer.unregister().compose(unregistered -> group.idle());
    }

    private void append(GroupCommit group, Message<Object> message) {
        AppendRequest request;
        try {
            request = request(message.body());
        } catch (RuntimeException broken) {
            reject(broken);
            message.fail(BROKEN, "not a request to append events");
            return;
        }
        List<Future<AppendOutcome>> outcomes =
                request.events().stream().map(event -> append(group, event)).toList();
        Future.all(outcomes)
                .onSuccess(all -> message.reply(
                        new AppendReply(outcomes.stream().map(Future::result).toList())));
    }

    private Future<AppendOutcome> append(GroupCommit group, NewEvent event) {
        try {
            PostRules.check(event.body(), maxTextBytes);
        } catch (ChatException refused) {
            reject(refused);
            return Future.succeededFuture(new AppendOutcome.Refused(refused.code()));
        }
        return group.append(event);
    }

    private void reject(RuntimeException reason) {
        meters.rejected();
        rejecting.occurred(reason.toString());
    }

    /** Reads a request. Access to the body decodes it, which throws when it is malformed. */
    private static AppendRequest request(Object body) {
        if (body instanceof AppendRequest request) {
            return request;
        }
        throw new IllegalArgumentException("a message of another type");
    }
}

package chat.parlance.persistence;

import chat.parlance.cluster.BusAddress;
import chat.parlance.room.NodeBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages off the bus, commits them in groups, answers with their seqs and publishes what it committed. Never the
 * other way round: nothing is acknowledged or published before its commit.
 */
public final class PersistenceVerticle extends VerticleBase {

    private final BatchWriter writer;
    private final NodeBus bus;
    private final GroupCommit.Limits limits;
    private final StoreMeters meters;
    private @Nullable MessageConsumer<AppendRequest> consumer;
    private @Nullable GroupCommit commit;

    PersistenceVerticle(BatchWriter writer, NodeBus bus, GroupCommit.Limits limits, StoreMeters meters) {
        this.writer = writer;
        this.bus = bus;
        this.limits = limits;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        GroupCommit group = new GroupCommit(writer, bus::publish, limits, meters, System::nanoTime);
        commit = group;
        consumer = vertx.eventBus().<AppendRequest>consumer(BusAddress.APPEND, message -> append(group, message));
        return consumer.completion();
    }

    /** Takes nothing more and finishes what it has taken, in the time that a batch may take. */
    @Override
    public Future<?> stop() {
        GroupCommit group = commit;
        return consumer == null || group == null
                ? Future.succeededFuture()
                : consumer.unregister().compose(unregistered -> group.idle());
    }

    private static void append(GroupCommit commit, Message<AppendRequest> message) {
        List<Future<AppendOutcome>> outcomes =
                message.body().events().stream().map(commit::append).toList();
        Future.all(outcomes)
                .onSuccess(all -> message.reply(
                        new AppendReply(outcomes.stream().map(Future::result).toList())));
    }
}

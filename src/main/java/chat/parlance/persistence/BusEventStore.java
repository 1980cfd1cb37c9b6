package chat.parlance.persistence;

import chat.parlance.cluster.BusAddress;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import chat.parlance.room.Appended;
import chat.parlance.room.EventPage;
import chat.parlance.room.EventStore;
import chat.parlance.room.NewEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event store as one event loop sees it: appends go over the bus to the persistence verticle, this node's own when
 * it has one, all posts of a turn of the event loop in one request; reads go to Postgres directly. Belongs to the event
 * loop it was made on.
 */
final class BusEventStore implements EventStore {

    private record Waiting(NewEvent event, Promise<Appended> appended) {}

    /**
     * @param local whether this node has the persistence role
     * @param timeoutMs after which an append's outcome counts as not known
     * @param maxWaiting events of this node that are not answered yet, beyond which they are refused: the bus would take
     *     in any number of them for a node that is frozen
     */
    record Settings(boolean local, int timeoutMs, int maxWaiting) {}

    private final Vertx vertx;
    private final Context context;
    private final EventReader reader;
    private final Settings settings;
    private final AtomicInteger waiting;
    private final StoreMeters meters;
    private final DeliveryOptions options;
    private List<Waiting> turn = new ArrayList<>();

    /** @param waiting how many events are not answered yet, which all stores of the node count together */
    BusEventStore(Vertx vertx, EventReader reader, Settings settings, AtomicInteger waiting, StoreMeters meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.reader = reader;
        this.settings = settings;
        this.waiting = waiting;
        this.meters = meters;
        this.options = new DeliveryOptions().setLocalOnly(settings.local()).setSendTimeout(settings.timeoutMs());
    }

    @Override
    public Future<Appended> append(NewEvent event) {
        if (waiting.incrementAndGet() > settings.maxWaiting()) {
            waiting.decrementAndGet();
            meters.refused(Refusal.FULL);
            return Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED));
        }
        Waiting added = new Waiting(event, Promise.promise());
        turn.add(added);
        if (turn.size() == 1) {
            context.runOnContext(end -> sendTurn());
        }
        return added.appended().future();
    }

    @Override
    public Future<EventPage> read(RoomId room, long after, int limit) {
        return reader.read(room, after, limit);
    }

    @Override
    public Future<Map<RoomId, EventPage>> compare(Map<RoomId, Long> seqs) {
        return reader.compare(seqs);
    }

    private void sendTurn() {
        List<Waiting> sent = turn;
        turn = new ArrayList<>();
        AppendRequest request =
                new AppendRequest(sent.stream().map(Waiting::event).toList());
        vertx.eventBus()
                .<AppendReply>request(BusAddress.APPEND, request, options)
                .map(Message::body)
                .onComplete(answered -> waiting.addAndGet(-sent.size()))
                .onSuccess(reply -> {
                    for (int i = 0; i < sent.size(); i++) {
                        settle(sent.get(i).appended(), reply.outcomes().get(i));
                    }
                })
                .onFailure(unknown -> {
                    meters.unanswered(sent.size());
                    ChatException failure = new ChatException(ErrorCode.STORAGE_UNAVAILABLE);
                    sent.forEach(unanswered -> unanswered.appended().fail(failure));
                });
    }

    private static void settle(Promise<Appended> appended, AppendOutcome outcome) {
        switch (Objects.requireNonNull(outcome)) {
            case AppendOutcome.Stored stored -> appended.complete(new Appended(stored.cursor(), false));
            case AppendOutcome.Duplicate duplicate -> appended.complete(new Appended(duplicate.cursor(), true));
            case AppendOutcome.Refused refused -> appended.fail(new ChatException(refused.code()));
        }
    }
}

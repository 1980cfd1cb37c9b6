package chat.parlance.persistence;

import chat.parlance.bus.BusAddress;
import chat.parlance.error.ErrorCode;
import chat.parlance.log.Condition;
import chat.parlance.model.RoomId;
import chat.parlance.room.NewEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Path over the bus to a node with the persistence role. The events of one room and one turn of the event loop are sent
 * in one request, so that a locked room delays the answers of no other room. Belongs to the event loop that created it.
 */
final class RemoteAppends implements Appends {

    private record Waiting(NewEvent event, Promise<AppendOutcome> outcome) {}

    /** Shared by all event loops of the process. */
    private static final Condition UNANSWERED = Condition.of(
            LoggerFactory.getLogger(RemoteAppends.class),
            "Posts are not answered by a node with the persistence role",
            "Posts are answered again");

    private final Vertx vertx;
    private final Context context;
    private final StoreMeters meters;
    private final DeliveryOptions options;
    private Map<RoomId, List<Waiting>> turn = new LinkedHashMap<>();

    /** @param timeoutMs time after which an event's outcome counts as unknown */
    RemoteAppends(Vertx vertx, int timeoutMs, StoreMeters meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.meters = meters;
        this.options = new DeliveryOptions().setSendTimeout(timeoutMs);
    }

    @Override
    public Future<AppendOutcome> append(NewEvent event) {
        if (turn.isEmpty()) {
            context.runOnContext(end -> sendTurn());
        }
        Waiting waiting = new Waiting(event, Promise.promise());
        turn.computeIfAbsent(event.room(), first -> new ArrayList<>()).add(waiting);
        return waiting.outcome().future();
    }

    private void sendTurn() {
        Map<RoomId, List<Waiting>> sent = turn;
        turn = new LinkedHashMap<>();
        for (List<Waiting> ofRoom : sent.values()) {
            AppendRequest.divide(ofRoom, Waiting::event).forEach(this::send);
        }
    }

    private void send(List<Waiting> sent) {
        AppendRequest request =
                new AppendRequest(sent.stream().map(Waiting::event).toList());
        vertx.eventBus()
                .request(BusAddress.APPEND, request, options)
                .map(reply -> outcomes(reply.body(), sent.size()))
                .onSuccess(outcomes -> {
                    for (int i = 0; i < sent.size(); i++) {
                        sent.get(i).outcome().complete(outcomes.get(i));
                    }
                })
                .onFailure(unknown -> {
                    meters.unanswered(sent.size());
                    UNANSWERED.occurred(unknown.toString());
                    AppendOutcome unavailable = new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE);
                    sent.forEach(waiting -> waiting.outcome().complete(unavailable));
                });
    }

    private static List<AppendOutcome> outcomes(Object reply, int asked) {
        if (reply instanceof AppendReply answer && answer.outcomes().size() == asked) {
            return answer.outcomes();
        }
        throw new IllegalArgumentException("not a reply to a request to append " + asked + " events");
    }
}

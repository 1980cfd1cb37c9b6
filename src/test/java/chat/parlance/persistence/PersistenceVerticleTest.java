package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.parlance.bus.BusAddress;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.operations.Metrics;
import chat.parlance.room.Fixtures;
import chat.parlance.room.NewEvent;
import chat.parlance.room.NodeBus;
import chat.parlance.testing.Counters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Requests of other nodes on a real bus, and posts of this node beside it. */
final class PersistenceVerticleTest {

    private static final int MAX_TEXT_BYTES = 10;
    private static final int TIMEOUT_MS = 30_000;
    private static final int SHORT_TIMEOUT_MS = 50;
    private static final RoomId DEV = new RoomId("dev");
    private static final UserId ALICE = new UserId("alice");

    private final Vertx vertx = Vertx.vertx();
    private final Metrics metrics = new Metrics();
    private final List<NewEvent> written = new CopyOnWriteArrayList<>();
    private final Map<RoomId, Promise<List<WriteOutcome>>> held = new ConcurrentHashMap<>();
    private final LocalCommit local = new LocalCommit();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private String deployment;

    @BeforeEach
    void deploy() {
        AppendCodecs.register(vertx.eventBus());
        deployment = vertx.deployVerticle(new PersistenceVerticle(
                        this::write,
                        new Unpublished(),
                        new CommitSettings(
                                new CommitSettings.Connections(1, 2),
                                new CommitSettings.Queue(500, 1000, 1000),
                                TIMEOUT_MS),
                        TIMEOUT_MS,
                        MAX_TEXT_BYTES,
                        local,
                        metrics.store()))
                .await();
        log.start();
        ((Logger) LoggerFactory.getLogger(PersistenceVerticle.class)).addAppender(log);
    }

    @AfterEach
    void close() {
        List.copyOf(held.keySet()).forEach(room -> release(room.value()));
        ((Logger) LoggerFactory.getLogger(PersistenceVerticle.class)).detachAppender(log);
        vertx.close().await();
    }

    @Test
    void shouldStoreValidEventsOfARequestAndRefuseTheOthers() {
        AppendReply reply = request(new AppendRequest(List.of(
                event(DEV, new EventBody.Message(new ClientId("good"), "hi")),
                event(DEV, new EventBody.Message(new ClientId("long"), "eleven byte")),
                event(DEV, new EventBody.Message(new ClientId("nul"), "a\0b")),
                event(DEV, new EventBody.Message(new ClientId("thread"), "hi", 1L).stored(9L, List.of())),
                event(DEV, new EventBody.Reaction(new ClientId("emoji"), 1L, "no emoji", false)),
                event(DEV, new EventBody.Pin(new ClientId("target"), -1L, false)))));
        assertThat(reply.outcomes())
                .containsExactly(
                        stored(),
                        new AppendOutcome.Refused(ErrorCode.BAD_REQUEST),
                        new AppendOutcome.Refused(ErrorCode.BAD_REQUEST),
                        new AppendOutcome.Refused(ErrorCode.BAD_REQUEST),
                        new AppendOutcome.Refused(ErrorCode.BAD_REQUEST),
                        new AppendOutcome.Refused(ErrorCode.MESSAGE_NOT_FOUND));
        assertThat(written).extracting(event -> event.body().id().value()).containsExactly("good");
        assertThat(rejected()).isEqualTo(5);
    }

    @Test
    void shouldFailAtOnceARequestThatCannotBeRead() {
        for (Object body : List.of("no request", new AppendReply(List.of()))) {
            assertThatThrownBy(() ->
                            vertx.eventBus().request(BusAddress.APPEND, body).await())
                    .isInstanceOfSatisfying(
                            ReplyException.class,
                            failure -> assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE));
        }
        assertThat(rejected()).isEqualTo(2);
        assertThat(written).isEmpty();
    }

    @Test
    void shouldLogTheFirstRejectedRequestAndNoneOfAFlood() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> vertx.eventBus()
                            .request(BusAddress.APPEND, "no request")
                            .await())
                    .isInstanceOf(ReplyException.class);
        }
        assertThat(rejected()).isEqualTo(100);
        assertThat(log.list).hasSize(1);
    }

    @Test
    void shouldAnswerEachPostOfThisNodeByItself() throws Exception {
        hold("stuck");
        List<Future<AppendOutcome>> outcomes = new ArrayList<>();
        onALoop(() -> {
            LocalAppends appends = new LocalAppends(vertx, local, TIMEOUT_MS, metrics.store());
            outcomes.add(appends.append(message("stuck")));
            outcomes.add(appends.append(message("free")));
        });
        assertThat(outcomes.getLast().await()).isEqualTo(stored());
        assertThat(outcomes.getFirst().isComplete()).isFalse();
        release("stuck");
        assertThat(outcomes.getFirst().await()).isEqualTo(stored());
    }

    @Test
    void shouldGiveUpEachLatePostOfThisNode() throws Exception {
        hold("stuck");
        AppendOutcome unavailable = new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE);
        Context loop = vertx.getOrCreateContext();
        List<LocalAppends> appends = new ArrayList<>();
        List<Future<AppendOutcome>> outcomes = new ArrayList<>();
        on(loop, () -> appends.add(new LocalAppends(vertx, local, SHORT_TIMEOUT_MS, metrics.store())));
        for (int late = 1; late <= 2; late++) {
            on(loop, () -> outcomes.add(appends.getFirst().append(message("stuck"))));
            assertThat(outcomes.getLast().await()).isEqualTo(unavailable);
            assertThat(unanswered()).isEqualTo(late);
        }
        release("stuck");
        on(
                loop,
                () -> outcomes.add(
                        new LocalAppends(vertx, local, TIMEOUT_MS, metrics.store()).append(message("free"))));
        assertThat(outcomes.getLast().await()).isEqualTo(stored());
        assertThat(unanswered()).isEqualTo(2);
    }

    @Test
    void shouldAnswerPostsOfThisNodeInTheirOrderOnTheLoopThatAsked() throws Exception {
        int count = 500;
        List<String> answered = new CopyOnWriteArrayList<>();
        List<Future<AppendOutcome>> outcomes = new ArrayList<>();
        onALoop(() -> {
            Context asking = vertx.getOrCreateContext();
            LocalAppends appends = new LocalAppends(vertx, local, TIMEOUT_MS, metrics.store());
            for (int i = 0; i < count; i++) {
                String id = "m-" + i;
                outcomes.add(appends.append(event(DEV, new EventBody.Message(new ClientId(id), "hi")))
                        .onSuccess(outcome -> answered.add(asking.equals(Vertx.currentContext()) ? id : "elsewhere")));
            }
        });
        for (Future<AppendOutcome> outcome : outcomes) {
            assertThat(outcome.await()).isEqualTo(stored());
        }
        assertThat(answered)
                .hasSize(count)
                .isEqualTo(
                        written.stream().map(event -> event.body().id().value()).toList())
                .isEqualTo(IntStream.range(0, count).mapToObj(i -> "m-" + i).toList());
    }

    @Test
    void shouldAnswerEachRoomOfAnotherNodeByItself() throws Exception {
        hold("stuck");
        List<Future<AppendOutcome>> outcomes = new ArrayList<>();
        onALoop(() -> {
            RemoteAppends remote = new RemoteAppends(vertx, TIMEOUT_MS, metrics.store());
            outcomes.add(remote.append(message("stuck")));
            outcomes.add(remote.append(message("free")));
        });
        assertThat(outcomes.getLast().await()).isEqualTo(stored());
        assertThat(outcomes.getFirst().isComplete()).isFalse();
        release("stuck");
        assertThat(outcomes.getFirst().await()).isEqualTo(stored());
    }

    @Test
    void shouldKeepTheOrderOfARoomAndSendMoreThanARequestMayHave() throws Exception {
        int count = AppendRequest.MAX_EVENTS * 2 + 1;
        List<Future<AppendOutcome>> outcomes = new ArrayList<>();
        onALoop(() -> {
            RemoteAppends remote = new RemoteAppends(vertx, TIMEOUT_MS, metrics.store());
            for (int i = 0; i < count; i++) {
                outcomes.add(remote.append(event(DEV, new EventBody.Message(new ClientId("m-" + i), "hi"))));
            }
        });
        for (Future<AppendOutcome> outcome : outcomes) {
            outcome.await();
        }
        List<String> stored =
                written.stream().map(event -> event.body().id().value()).toList();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add("m-" + i);
        }
        // Events beyond the limit of the queue are refused; the rest is in order.
        sent.retainAll(stored);
        assertThat(stored).hasSizeGreaterThan(AppendRequest.MAX_EVENTS).isEqualTo(sent);
    }

    @Test
    void shouldReportAnUnknownOutcomeForAMalformedReply() throws Exception {
        vertx.undeploy(deployment).await();
        List<Object> replies =
                List.of("no reply", new AppendReply(List.of()), new AppendReply(List.of(stored(), stored())));
        for (Object reply : replies) {
            MessageConsumer<Object> answering =
                    vertx.eventBus().consumer(BusAddress.APPEND, message -> message.reply(reply));
            List<Future<AppendOutcome>> outcomes = new ArrayList<>();
            onALoop(() -> outcomes.add(new RemoteAppends(vertx, TIMEOUT_MS, metrics.store()).append(message("free"))));
            assertThat(outcomes.getFirst().await()).isEqualTo(new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE));
            answering.unregister().await();
        }
        assertThat(unanswered()).isEqualTo(replies.size());
    }

    @Test
    void shouldRefuseLocalPostsWhenItIsNotDeployed() throws Exception {
        vertx.undeploy(deployment).await();
        List<Future<AppendOutcome>> outcomes = new ArrayList<>();
        onALoop(() ->
                outcomes.add(new LocalAppends(vertx, local, TIMEOUT_MS, metrics.store()).append(message("free"))));
        assertThat(outcomes.getFirst().await()).isEqualTo(new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE));
    }

    private AppendReply request(AppendRequest request) {
        return vertx.eventBus()
                .<AppendReply>request(BusAddress.APPEND, request)
                .await()
                .body();
    }

    private void hold(String room) {
        held.put(new RoomId(room), Promise.promise());
    }

    private void release(String room) {
        held.remove(new RoomId(room)).complete(List.of(stored()));
    }

    /** Skips held rooms, or waits until the requested one is released. */
    private Future<List<WriteOutcome>> write(List<NewEvent> batch, int lockWaitMs) {
        Promise<List<WriteOutcome>> stuck = held.get(batch.getFirst().room());
        if (stuck != null && lockWaitMs > 0) {
            return stuck.future();
        }
        return Future.succeededFuture(batch.stream().map(this::write).toList());
    }

    private WriteOutcome write(NewEvent event) {
        if (held.containsKey(event.room())) {
            return new WriteOutcome.Locked();
        }
        written.add(event);
        return stored();
    }

    /** Runs an action in one turn of an event loop, and waits until it is done. */
    private void onALoop(Runnable action) {
        on(vertx.getOrCreateContext(), action);
    }

    private static void on(Context loop, Runnable action) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(turn -> {
            action.run();
            done.complete();
        });
        done.future().await();
    }

    private double unanswered() {
        return Counters.in(metrics.scrape(), "parlance_append_unanswered_total");
    }

    private double rejected() {
        return Counters.in(metrics.scrape(), "parlance_append_rejected_total");
    }

    private static AppendOutcome stored() {
        return new AppendOutcome.Stored(Fixtures.cursor(1), Fixtures.stamp(0), Instant.EPOCH, null, List.of());
    }

    private static NewEvent message(String room) {
        return event(new RoomId(room), new EventBody.Message(new ClientId("m-" + room), "hi"));
    }

    private static NewEvent event(RoomId room, EventBody.Posted body) {
        return new NewEvent(room, ALICE, new PostRequest(body));
    }

    /** A bus without listeners. */
    private static final class Unpublished implements NodeBus {

        @Override
        public void publish(List<Event> events) {}

        @Override
        public Listener listen(Consumer<List<Event>> handler) {
            throw new UnsupportedOperationException();
        }
    }
}

package chat.parlance.connection;

import static chat.parlance.room.Fixtures.ALICE;
import static chat.parlance.room.ScriptedWorld.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.UserId;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomLimits;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.RoomService;
import chat.parlance.room.ScriptedWorld;
import chat.parlance.room.Signal;
import chat.parlance.room.SignalBus;
import chat.parlance.room.SignalHub;
import chat.parlance.room.SignalLimits;
import chat.parlance.room.StorePoll;
import chat.parlance.room.Subscriber;
import chat.parlance.room.WatchSettings;
import chat.parlance.testing.NoMeters;
import chat.parlance.testing.NoPresence;
import chat.parlance.testing.NoThreads;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Joins of one connection, one after the other or at the same time. */
final class SubscriptionsTest {

    private static final RoomLimits LIMITS = new RoomLimits(8192, 3, 10, 30);

    private final ScriptedWorld world = new ScriptedWorld();
    private final RoomService service = new RoomService(world, world, LIMITS);
    private final StorePoll watch = StorePoll.start(world, world, new WatchSettings(1000, 3000, 10_000), world::nowNs);
    private final RoomHub hub =
            new RoomHub(service, world, world, watch, watch::isCurrent, world, LIMITS, new NoMeters());
    private final SignalHub signals = new SignalHub(
            new NoSignals(),
            new NoPresence(),
            service,
            NoThreads.of(service),
            watch,
            world,
            new SignalLimits(250, 2000, 6000));
    private final Client client = new Client();
    private final Subscriptions rooms = new Subscriptions(hub, signals, client, 1);

    @Test
    void shouldBeginAnewWhenARoomIsJoinedAgain() {
        world.commit(5);
        join(0);
        join(2);
        world.publish(6);
        assertThat(client.seqs).containsExactly(1L, 2L, 3L, 4L, 5L, 3L, 4L, 5L, 6L);
    }

    @Test
    void shouldDeliverByTheLastOfTwoJoinsThatAreUnderWayAtOnce() {
        world.commit(5);
        world.holdReads();
        Future<Void> first = join(0);
        Future<Void> second = join(3);
        world.releaseReads();
        world.publish(6);
        assertThat(ChatException.of(first.cause()).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(second.succeeded()).isTrue();
        assertThat(client.seqs).containsExactly(4L, 5L, 6L);
        rooms.stop(ROOM);
        assertThat(hub.liveRooms()).as("the first one is closed").isZero();
    }

    @Test
    void shouldEndAPendingCatchUpWhenTheRoomIsJoinedAgain() {
        world.commit(5);
        join(0);
        client.seqs.clear();
        world.holdReads();
        join(1);
        world.publish(6);
        join(4);
        world.releaseReads();
        world.publish(7);
        assertThat(client.seqs).containsExactly(5L, 6L, 7L);
    }

    @Test
    void shouldNotFollowARoomGivenUpBeforeTheAnswer() {
        world.commit(5);
        world.holdReads();
        Future<Void> joining = join(0);
        rooms.stopAll();
        world.releaseReads();
        assertThat(joining.failed()).isTrue();
        assertThat(client.seqs).isEmpty();
        assertThat(hub.liveRooms()).isZero();
    }

    @Test
    void shouldCountJoinsThatAreUnderWay() {
        world.holdReads();
        join(0);
        assertThatThrownBy(() -> rooms.join(new RoomId("ops"), null, head -> {}))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ROOM_LIMIT));
        join(1);
    }

    @Test
    void shouldAnswerAJoinBeforeTheEventsThatTheClientMissed() {
        world.commit(2);
        join(0);
        world.publish(3);
        assertThat(client.told).containsExactly("joined at 2", "event 1", "event 2", "event 3");
    }

    private Future<Void> join(long since) {
        return rooms.join(ROOM, new Since(since, null), head -> client.told.add("joined at " + head));
    }

    private static final class Client implements Subscriber {

        private final List<Long> seqs = new ArrayList<>();
        private final List<String> told = new ArrayList<>();

        @Override
        public UserId user() {
            return ALICE;
        }

        @Override
        public void deliver(EventBatch batch) {
            batch.events().forEach(event -> {
                seqs.add(event.seq());
                told.add("event " + event.seq());
            });
        }

        @Override
        public void removed(RoomId room) {}

        @Override
        public void reset(RoomId room, long from, long head) {}

        @Override
        public void signal(Signal.Shown signal) {}

        @Override
        public void presence(RoomPresence presence) {}

        @Override
        public Future<Void> writable() {
            return Future.succeededFuture();
        }
    }

    private static final class NoSignals implements SignalBus {

        @Override
        public void publish(Signal signal) {}

        @Override
        public Registration listen(Consumer<Signal> listener) {
            return () -> {};
        }
    }
}

package chat.parlance.room;

import static chat.parlance.room.Fixtures.ALICE;
import static chat.parlance.room.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.UserId;
import chat.parlance.testing.NoMeters;
import chat.parlance.testing.NoPresence;
import chat.parlance.testing.NoThreads;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Recipients of typing notices, on a clock that the test sets. */
final class SignalHubTest {

    private static final RoomLimits LIMITS = new RoomLimits(8192, 3, 10, 30);
    private static final int INTERVAL_MS = 2000;
    private static final Signal TYPING = new Signal.Typing(ScriptedWorld.ROOM, BOB);

    private final ScriptedWorld world = new ScriptedWorld();
    private final RoomService rooms = new RoomService(world, world, LIMITS);
    private final StorePoll watch = StorePoll.start(world, world, new WatchSettings(1000, 3000, 10_000), world::nowNs);
    private final RoomHub hub =
            new RoomHub(rooms, world, world, watch, watch::isCurrent, world, LIMITS, new NoMeters());
    private final SignalHub signals = new SignalHub(
            new Loopback(),
            new NoPresence(),
            rooms,
            NoThreads.of(rooms),
            watch,
            world,
            new SignalLimits(250, INTERVAL_MS, 6000));

    @Test
    void shouldTellTheOthersAndNoConnectionOfTheUserItself() {
        Reader his = follow(BOB);
        Reader hisOther = follow(BOB);
        Reader hers = follow(ALICE);
        signals.typing(his.subscription(), 0);
        assertThat(hers.signals()).containsExactly(TYPING);
        assertThat(his.signals()).isEmpty();
        assertThat(hisOther.signals()).isEmpty();
    }

    @Test
    void shouldTellNothingThatComesTooSoon() {
        Reader his = follow(BOB);
        Reader hers = follow(ALICE);
        signals.typing(his.subscription(), 0);
        signals.typing(his.subscription(), 1);
        signals.typing(his.subscription(), INTERVAL_MS - 1);
        assertThat(hers.signals()).containsExactly(TYPING);
        signals.typing(his.subscription(), INTERVAL_MS);
        assertThat(hers.signals()).containsExactly(TYPING, TYPING);
    }

    @Test
    void shouldSendNothingAfterTheRoomIsNoLongerFollowed() {
        Reader his = follow(BOB);
        Reader hers = follow(ALICE);
        signals.exit(hers.subscription());
        signals.typing(his.subscription(), 0);
        assertThat(hers.signals()).isEmpty();
    }

    private Reader follow(UserId user) {
        Reader reader = world.join(hub, user, null);
        signals.enter(reader.subscription());
        return reader;
    }

    /** A bus of one event loop that loses nothing. */
    private static final class Loopback implements SignalBus {

        private Consumer<Signal> handler = signal -> {};

        @Override
        public void publish(Signal signal) {
            handler.accept(signal);
        }

        @Override
        public Registration listen(Consumer<Signal> listener) {
            handler = listener;
            return () -> {};
        }
    }
}

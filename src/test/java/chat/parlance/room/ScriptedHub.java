package chat.parlance.room;

import chat.parlance.operations.Metrics;
import chat.parlance.testing.Counters;

/** A hub in a world that does what a test says. */
final class ScriptedHub {

    static final RoomLimits LIMITS = new RoomLimits(8192, 3, 10, 30);
    static final WatchSettings WATCH = new WatchSettings(1000, 3000, 10_000);

    private final ScriptedWorld world = new ScriptedWorld();
    private final Metrics metrics = new Metrics();
    private final StorePoll watch = StorePoll.start(world, world, WATCH, world::nowNs);
    private final RoomHub hub = new RoomHub(
            new RoomService(world, world, LIMITS),
            world,
            world,
            watch,
            watch::isCurrent,
            world,
            LIMITS,
            metrics.rooms());

    ScriptedWorld world() {
        return world;
    }

    RoomHub hub() {
        return hub;
    }

    /** Lets a poll of the store answer, and what the bus did not bring be read. */
    void poll() {
        world.pass(WATCH.intervalMs());
        world.pass(LIMITS.gapGraceMs());
    }

    double counted(String name) {
        return Counters.in(metrics.scrape(), name);
    }
}

package chat.parlance.persistence;

import chat.parlance.model.Event;
import chat.parlance.room.NodeBus;
import chat.parlance.testing.NoMeters;
import chat.parlance.testing.TestNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/** The writer of joins as a node has it, on one connection to the Postgres that all tests share. */
final class TestJoins implements NodeBus, AutoCloseable {

    private static final int TIMEOUT_MS = 30_000;
    private static final int MAX_ROOMS = 100_000;
    private static final int MAX_WAITING = 20_000;

    private final Vertx vertx = Vertx.vertx();
    private final PostgresPools pools =
            new PostgresPools(vertx, TestNode.shared().postgres(), Fixtures.SETTINGS, new NoMeters());
    private final PostgresJoinWriter writer;
    private final RoomJoins group;

    TestJoins() {
        this(MAX_ROOMS);
    }

    /** @param maxRooms the most rooms that one user may be in */
    TestJoins(int maxRooms) {
        writer = new PostgresJoinWriter(new Statements(pools::changes, TIMEOUT_MS), maxRooms);
        Context context = vertx.getOrCreateContext();
        StoreMeters meters = new NoMeters();
        PostgresSettings.Changes limits = new PostgresSettings.Changes(2, MAX_WAITING, MAX_WAITING);
        group = new RoomJoins(
                context,
                writer,
                new RoomWrites(context, limits, TIMEOUT_MS, meters, System::nanoTime),
                this,
                MAX_WAITING,
                TIMEOUT_MS,
                meters,
                System::nanoTime);
    }

    /** The group commit of these joins. */
    RoomJoins group() {
        return group;
    }

    Future<List<JoinOutcome>> begin(List<JoinWriter.Join> batch, int lockWaitMs) {
        return writer.write(batch, lockWaitMs);
    }

    List<JoinOutcome> write(List<JoinWriter.Join> batch, int lockWaitMs) {
        return TestWriter.await(begin(batch, lockWaitMs));
    }

    List<JoinOutcome> write(JoinWriter.Join... batch) {
        return write(List.of(batch), JoinWriter.NO_WAIT);
    }

    @Override
    public void publish(List<Event> events) {
        // No node delivers them.
    }

    @Override
    public Listener listen(Consumer<List<Event>> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        pools.close();
        vertx.close().await();
    }
}

package chat.parlance.persistence;

import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import chat.parlance.testing.NoMeters;
import chat.parlance.testing.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The writer of batches as a node has it, on one connection for each workload to the Postgres that all tests share. */
final class TestWriter implements AutoCloseable {

    private static final int TIMEOUT_MS = 30_000;

    private final Vertx vertx = Vertx.vertx();
    private final PostgresPools pools =
            new PostgresPools(vertx, TestNode.shared().postgres(), Fixtures.SETTINGS, new NoMeters());
    private final PostgresBatchWriter writer = new PostgresBatchWriter(
            new Statements(pools::writers, TIMEOUT_MS), new Statements(pools::lockWaiters, TIMEOUT_MS));

    static NewEvent message(String room, String sender, String id, String text) {
        return event(room, sender, new EventBody.Message(new ClientId(id), text));
    }

    static NewEvent event(String room, String sender, EventBody.Posted body) {
        return new NewEvent(new RoomId(room), new UserId(sender), new PostRequest(body));
    }

    Future<List<WriteOutcome>> begin(List<NewEvent> batch, int lockWaitMs) {
        return writer.write(batch, lockWaitMs);
    }

    List<WriteOutcome> write(List<NewEvent> batch, int lockWaitMs) {
        return await(begin(batch, lockWaitMs));
    }

    List<WriteOutcome> write(NewEvent... batch) {
        return write(List.of(batch), BatchWriter.NO_WAIT);
    }

    /** Runs a statement on the connection of {@link BatchWriter#NO_WAIT}. */
    RowSet<Row> run(String sql, Tuple parameters) {
        return await(pools.writers().run(pool -> pool.preparedQuery(sql).execute(parameters)));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (Exception failed) {
            throw new AssertionError("the statement failed", failed);
        }
    }

    @Override
    public void close() {
        pools.close();
        await(vertx.close());
    }
}

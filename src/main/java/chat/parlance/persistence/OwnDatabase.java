package chat.parlance.persistence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The embedded Postgres of a data folder that no node uses, for the time of a command; a signal ends both. Blocks. */
final class OwnDatabase implements AutoCloseable {

    private static final int GIVE_UP_TIMEOUT_MS = 15_000;

    private final Thread starter = Thread.currentThread();
    private final CountDownLatch startEnded = new CountDownLatch(1);
    private final Thread onSignal = new Thread(this::stop, "stop");
    private final DataFolder folder;
    private volatile @Nullable EmbeddedDatabase database;

    private OwnDatabase(DataFolder folder) {
        this.folder = folder;
    }

    static OwnDatabase open(Path data) {
        OwnDatabase own = new OwnDatabase(DataFolder.open(data));
        Runtime.getRuntime().addShutdownHook(own.onSignal);
        try {
            own.database = EmbeddedDatabase.start(own.folder, 0);
        } finally {
            own.startEnded.countDown();
        }
        return own;
    }

    PostgresUri uri() {
        EmbeddedDatabase started = database;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started.uri();
    }

    private void stop() {
        if (startEnded.getCount() > 0) {
            starter.interrupt();
        }
        try {
            if (startEnded.await(GIVE_UP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                closeDatabase();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            System.err.println("parlance: " + failed);
        }
    }

    @Override
    public void close() throws IOException {
        closeDatabase();
        folder.close();
    }

    /** Once at most. */
    private synchronized void closeDatabase() throws IOException {
        EmbeddedDatabase started = database;
        database = null;
        if (started != null) {
            started.close();
        }
    }
}

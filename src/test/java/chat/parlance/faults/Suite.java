package chat.parlance.faults;

import chat.parlance.testing.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A network with three nodes and a Postgres, for one run of the table. */
final class Suite implements AutoCloseable {

    /** Cleanups, run in reverse order. */
    private final Deque<Runnable> undoing = new ArrayDeque<>();

    private FaultScene scene;

    private Suite() {}

    /** Starts everything; nothing is left running when that fails. */
    static Suite start(Form form) {
        Suite suite = new Suite();
        boolean started = false;
        try {
            suite.open(form);
            started = true;
            return suite;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            if (!started) {
                suite.close();
            }
        }
    }

    private void open(Form form) throws IOException {
        Path folder = Files.createTempDirectory("parlance-faults");
        undoing.push(() -> Shell.run(List.of("rm", "-rf", folder.toString())));
        Network network = Network.create();
        undoing.push(network::close);
        PostgresProcess postgres =
                PostgresProcess.create(folder.resolve("primary"), network.database(), network.port(5432));
        undoing.push(() -> (scene == null ? postgres : scene.postgres()).close());
        FaultCluster cluster = FaultCluster.start(network, postgres.uri(), form.environment());
        undoing.push(cluster::close);
        scene = new FaultScene(network, cluster, postgres, folder, form.slack());
    }

    FaultScene scene() {
        return scene;
    }

    @Override
    public void close() {
        undoing.forEach(Runnable::run);
    }
}

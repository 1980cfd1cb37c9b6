package chat.parlance.faults;

import chat.parlance.testing.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A network with three nodes and a Postgres, for one run of the table. */
final class Suite implements AutoCloseable {

    private static final int USERS = 10;

    private final Path folder;
    private final Network network;
    private final Cluster cluster;
    private final Scene scene;

    private Suite(Path folder, Network network, Cluster cluster, Scene scene) {
        this.folder = folder;
        this.network = network;
        this.cluster = cluster;
        this.scene = scene;
    }

    /** @param slack how many times longer than promised everything may take */
    static Suite start(int slack) {
        try {
            Path folder = Files.createTempDirectory("parlance-faults");
            Network network = Network.create();
            PostgresProcess postgres =
                    PostgresProcess.create(folder.resolve("primary"), network.database(), network.port(5432));
            Cluster cluster = Cluster.start(network, postgres.uri());
            List<Rest> users = IntStream.range(0, USERS)
                    .mapToObj(i -> Rest.logIn(cluster.addresses().getFirst(), "fault-" + i))
                    .toList();
            return new Suite(folder, network, cluster, new Scene(network, cluster, postgres, folder, users, slack));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Scene scene() {
        return scene;
    }

    @Override
    public void close() {
        cluster.close();
        scene.postgres().close();
        network.close();
        Shell.run(List.of("rm", "-rf", folder.toString()));
    }
}

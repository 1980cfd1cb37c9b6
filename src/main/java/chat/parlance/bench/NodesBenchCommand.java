package chat.parlance.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parlance bench nodes}: the options of {@link NodesBench}. */
@Command(
        name = "nodes",
        description = {
            "Measure what the protection of the bus costs between nodes.",
            "Two pairs of nodes are started on one embedded Postgres: the bus of one pair is authenticated and"
                    + " encrypted, as",
            "in every cluster, that of the other is not. Each delivery crosses the bus and is checked. Prints the CPU"
                    + " time",
            "of the nodes for each delivery, with and without, and the median ratio."
        })
final class NodesBenchCommand implements Callable<Integer> {

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "100",
            converter = Count.Few.class,
            description = "Rooms, with one poster each. Default: ${DEFAULT-VALUE}")
    private int rooms;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "4",
            converter = Count.Few.class,
            description = "Readers of each room. Default: ${DEFAULT-VALUE}")
    private int readers;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            converter = Count.Few.class,
            description = "Seconds of each turn. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--turns",
            paramLabel = "N",
            defaultValue = "5",
            converter = Count.Few.class,
            description = "Turns with the protected bus, and as many without protection. Default: ${DEFAULT-VALUE}")
    private int turns;

    @Override
    public Integer call() throws IOException {
        return NodesBench.run(this);
    }

    int rooms() {
        return rooms;
    }

    int readers() {
        return readers;
    }

    int seconds() {
        return seconds;
    }

    int turns() {
        return turns;
    }
}

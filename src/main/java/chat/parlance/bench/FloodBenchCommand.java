package chat.parlance.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parlance bench flood}: the options of {@link FloodBench}. */
@Command(
        name = "flood",
        description = {
            "Measure what clients that send too much cost the others.",
            "A node with an embedded Postgres is started, its limits in force. Clients post twice a second each, in"
                    + " turns",
            "with and without flooders, who post into one of their rooms as fast as they can and come back when they"
                    + " are",
            "cut. Prints by how much acknowledgements are slower meanwhile."
        })
final class FloodBenchCommand implements Callable<Integer> {

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "50",
            converter = Count.Few.class,
            description = "Clients that post at a measured pace, each a user of its own. Default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "10",
            converter = Count.Few.class,
            description = "Rooms of these clients. Default: ${DEFAULT-VALUE}")
    private int rooms;

    @Option(
            names = "--flooders",
            paramLabel = "N",
            defaultValue = "1",
            converter = Count.Few.class,
            description = "Clients that send as much as the node accepts. Default: ${DEFAULT-VALUE}")
    private int flooders;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            converter = Count.Few.class,
            description = "Seconds of each turn. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--turns",
            paramLabel = "N",
            defaultValue = "3",
            converter = Count.Few.class,
            description = "Turns with flooders, and as many without. Default: ${DEFAULT-VALUE}")
    private int turns;

    @Override
    public Integer call() throws IOException {
        return FloodBench.run(this);
    }

    int clients() {
        return clients;
    }

    int rooms() {
        return rooms;
    }

    int flooders() {
        return flooders;
    }

    int seconds() {
        return seconds;
    }

    int turns() {
        return turns;
    }
}

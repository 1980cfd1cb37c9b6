package chat.parlance.bench;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parlance bench}: the options of {@link RoomsBench}, and the other benches below it. */
@Command(
        name = "bench",
        subcommands = {
            SearchBenchCommand.class,
            FloodBenchCommand.class,
            NodesBenchCommand.class,
            IdleBenchCommand.class,
            JoinsBenchCommand.class,
            RawServer.class
        },
        description = {
            "Run clients against a node, check every delivery, and print its cost.",
            "Each client is in one room and has one send in flight. Without an address a node with an embedded"
                    + " Postgres is",
            "started, and its CPU time is measured."
        })
public final class BenchCommand implements Callable<Integer> {

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "1000",
            converter = Count.Many.class,
            description = "Clients, spread evenly over the rooms. Default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "100",
            converter = Count.Many.class,
            description = "Rooms. Default: ${DEFAULT-VALUE}")
    private int rooms;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            converter = Count.Many.class,
            description = "Seconds of the measurement. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description = "A running node, instead of one that is started.")
    private String address = "";

    @Option(
            names = "--aotCache",
            paramLabel = "FILE",
            defaultValue = "",
            description = "File for the AOT cache of the started node's JVM, with which later starts are faster.")
    private String aotCache = "";

    /** Exit code: 0 when nothing violated the contract. */
    @Override
    public Integer call() throws IOException {
        if (!address.isEmpty() && !aotCache.isEmpty()) {
            throw StartupException.usage("a node that runs already leaves no --aotCache");
        }
        return RoomsBench.run(this);
    }

    int clients() {
        return clients;
    }

    int rooms() {
        return rooms;
    }

    int seconds() {
        return seconds;
    }

    String address() {
        return address;
    }

    String aotCache() {
        return aotCache;
    }
}

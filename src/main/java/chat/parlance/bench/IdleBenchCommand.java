package chat.parlance.bench;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parlance bench idle}: the options of {@link IdleBench}. */
@Command(
        name = "idle",
        description = {
            "Measure what a connection costs that does nothing.",
            "For each number of rooms a node with an embedded Postgres is started, and clients join that many rooms"
                    + " each. A",
            "minimal server on Netty, with pings and nothing else, is measured in the same run. Prints heap and"
                    + " resident",
            "memory of a connection, and processor cores of 10,000 connections. Needs Linux and a JDK (for jcmd)."
        })
final class IdleBenchCommand implements Callable<Integer> {

    private static final int MAX_ROOMS = 1000;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "2000",
            converter = Count.Many.class,
            description = "Connections. Default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "100",
            converter = Count.Few.class,
            description = "Users, over whom the connections are spread. Default: ${DEFAULT-VALUE}")
    private int users;

    @Option(
            names = "--rooms",
            paramLabel = "N,N",
            split = ",",
            defaultValue = "1,5",
            converter = Count.Few.class,
            description = "Rooms of each connection, a number for each measurement. Default: ${DEFAULT-VALUE}")
    private List<Integer> rooms = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            converter = Count.Few.class,
            description = "Seconds of each measurement. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Print the N classes whose objects take most of a connection's heap. Default: none")
    private int classes;

    @Override
    public Integer call() throws IOException {
        if (rooms.stream().anyMatch(count -> count > MAX_ROOMS)) {
            throw StartupException.usage("--rooms must be 1 to " + MAX_ROOMS);
        }
        IdleBench.run(this);
        return 0;
    }

    int clients() {
        return clients;
    }

    int users() {
        return Math.min(users, clients);
    }

    List<Integer> rooms() {
        return rooms;
    }

    int classes() {
        return classes;
    }

    int seconds() {
        return seconds;
    }
}

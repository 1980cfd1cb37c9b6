package chat.parlance.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parlance bench joins}: the options of {@link JoinsBench}. */
@Command(
        name = "joins",
        description = {
            "Join rooms, check every delivery, and print the cost of a join.",
            "A node with an embedded Postgres is started. Users join public rooms for the first time, come back to"
                    + " them, and",
            "all join one room at once. Plain inserts of the same rows are measured in the same run."
        })
final class JoinsBenchCommand implements Callable<Integer> {

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "100",
            converter = Count.Few.class,
            description = "Users, each with one connection. Default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "500",
            converter = Count.Few.class,
            description = "Rooms. Default: ${DEFAULT-VALUE}")
    private int rooms;

    @Option(
            names = "--roomsEach",
            paramLabel = "N",
            defaultValue = "100",
            converter = Count.Few.class,
            description = "Rooms that each user joins. Default: ${DEFAULT-VALUE}")
    private int roomsEach;

    @Option(
            names = "--herds",
            paramLabel = "N",
            defaultValue = "5",
            converter = Count.Few.class,
            description = "Times that all users join one new room at once. Default: ${DEFAULT-VALUE}")
    private int herds;

    /** Exit code: 0 when nothing violated the contract. */
    @Override
    public Integer call() throws IOException {
        return JoinsBench.run(this);
    }

    int clients() {
        return clients;
    }

    int rooms() {
        return rooms;
    }

    int roomsEach() {
        return Math.min(roomsEach, rooms);
    }

    int herds() {
        return herds;
    }
}

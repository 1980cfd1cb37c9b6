package chat.parlance.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parlance bench search}: the options of {@link SearchBench}. */
@Command(
        name = "search",
        description = {
            "Post many messages, and time searches of every kind.",
            "A node with an embedded Postgres is started. Once the index has all messages, searches are timed one at a",
            "time. Every hit is checked."
        })
final class SearchBenchCommand implements Callable<Integer> {

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "1000000",
            converter = Count.VeryMany.class,
            description = "Messages of all rooms together. Default: ${DEFAULT-VALUE}")
    private int messages;

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "20",
            converter = Count.VeryMany.class,
            description = "Rooms; the searcher is in every second. Default: ${DEFAULT-VALUE}")
    private int rooms;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "200",
            converter = Count.VeryMany.class,
            description = "Queries of each kind. Default: ${DEFAULT-VALUE}")
    private int queries;

    @Override
    public Integer call() throws IOException {
        return SearchBench.run(this);
    }

    int messages() {
        return messages;
    }

    int rooms() {
        return rooms;
    }

    int queries() {
        return queries;
    }
}

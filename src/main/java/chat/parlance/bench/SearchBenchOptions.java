package chat.parlance.bench;

import chat.parlance.error.StartupException;
import java.util.List;

/**
 * @param messages of all rooms together
 * @param rooms number of rooms; the searcher is in every second
 * @param queries of each kind
 */
record SearchBenchOptions(int messages, int rooms, int queries) {

    static final String USAGE = """
        Usage: parlance bench search [--messages=1000000] [--rooms=20] [--queries=200]

        Starts a node with an embedded Postgres, posts the messages into the rooms, waits until the index has taken them
        in, and times searches of every kind, one at a time. Every hit is checked.\
        """;

    /** @throws StartupException for an unknown option or a malformed number */
    static SearchBenchOptions parse(List<String> flags) {
        SearchBenchOptions options = new SearchBenchOptions(1_000_000, 20, 200);
        for (String flag : flags) {
            int equals = flag.indexOf('=');
            String value = equals < 0 ? "" : flag.substring(equals + 1);
            options = switch (equals < 0 ? flag : flag.substring(0, equals)) {
                case "--messages" -> new SearchBenchOptions(number(flag, value), options.rooms, options.queries);
                case "--rooms" -> new SearchBenchOptions(options.messages, number(flag, value), options.queries);
                case "--queries" -> new SearchBenchOptions(options.messages, options.rooms, number(flag, value));
                default -> throw StartupException.usage("there is no option " + flag + "\n" + USAGE);
            };
        }
        return options;
    }

    private static int number(String flag, String value) {
        if (!value.matches("[1-9][0-9]{0,7}")) {
            throw StartupException.usage(flag + " must be a whole number of 1 to 99999999");
        }
        return Integer.parseInt(value);
    }
}

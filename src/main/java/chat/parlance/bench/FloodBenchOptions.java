package chat.parlance.bench;

import chat.parlance.error.StartupException;
import java.util.List;

/**
 * @param clients clients that post at a measured pace, each a user of its own
 * @param rooms number of their rooms
 * @param flooders clients that send as much as the node accepts
 * @param seconds of each turn
 * @param turns with flooders, and as many without
 */
record FloodBenchOptions(int clients, int rooms, int flooders, int seconds, int turns) {

    static final String USAGE = """
        Usage: parlance bench flood [--clients=50] [--rooms=10] [--flooders=1] [--seconds=15] [--turns=3]

        Starts a node with an embedded Postgres and its limits in force. Clients post twice a second each, in turns with
        and without flooders, who post into one of their rooms as fast as they can and come back when they are cut. Says
        by how much the acknowledgements of the clients are slower meanwhile.\
        """;

    /** @throws StartupException for an unknown option or a malformed number */
    static FloodBenchOptions parse(List<String> flags) {
        FloodBenchOptions options = new FloodBenchOptions(50, 10, 1, 15, 3);
        for (String flag : flags) {
            int equals = flag.indexOf('=');
            int value = number(flag, equals < 0 ? "" : flag.substring(equals + 1));
            options = switch (equals < 0 ? flag : flag.substring(0, equals)) {
                case "--clients" ->
                    new FloodBenchOptions(value, options.rooms, options.flooders, options.seconds, options.turns);
                case "--rooms" ->
                    new FloodBenchOptions(options.clients, value, options.flooders, options.seconds, options.turns);
                case "--flooders" ->
                    new FloodBenchOptions(options.clients, options.rooms, value, options.seconds, options.turns);
                case "--seconds" ->
                    new FloodBenchOptions(options.clients, options.rooms, options.flooders, value, options.turns);
                case "--turns" ->
                    new FloodBenchOptions(options.clients, options.rooms, options.flooders, options.seconds, value);
                default -> throw StartupException.usage("there is no option " + flag + "\n" + USAGE);
            };
        }
        return options;
    }

    private static int number(String flag, String value) {
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw StartupException.usage(flag + " must be a whole number of 1 to 9999");
        }
        return Integer.parseInt(value);
    }
}

package chat.parlance.bench;

import chat.parlance.error.StartupException;
import java.util.List;

/**
 * Load of the two nodes.
 *
 * @param rooms with one poster each
 * @param readers of each room
 * @param seconds of each turn
 * @param turns with the protected bus, and as many without protection
 */
record NodesBenchOptions(int rooms, int readers, int seconds, int turns) {

    static final String USAGE = """
        Usage: parlance bench nodes [--rooms=100] [--readers=4] [--seconds=10] [--turns=5]

        Starts two pairs of nodes on one embedded Postgres: the bus of one pair is authenticated and encrypted, as that of
        every cluster, that of the other is not. Posters are on one node of a pair and readers on the other, so that each
        delivery crosses the bus. The pairs take turns; every delivery is checked. Prints the nodes' CPU time for each
        delivery, with and without, and the median ratio.\
        """;

    /** @throws StartupException for an unknown option or a malformed number */
    static NodesBenchOptions parse(List<String> flags) {
        NodesBenchOptions options = new NodesBenchOptions(100, 4, 10, 5);
        for (String flag : flags) {
            int equals = flag.indexOf('=');
            int value = number(flag, equals < 0 ? "" : flag.substring(equals + 1));
            options = switch (equals < 0 ? flag : flag.substring(0, equals)) {
                case "--rooms" -> new NodesBenchOptions(value, options.readers, options.seconds, options.turns);
                case "--readers" -> new NodesBenchOptions(options.rooms, value, options.seconds, options.turns);
                case "--seconds" -> new NodesBenchOptions(options.rooms, options.readers, value, options.turns);
                case "--turns" -> new NodesBenchOptions(options.rooms, options.readers, options.seconds, value);
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

package chat.parlance.bench;

import chat.parlance.error.StartupException;
import java.util.List;

/**
 * Options of the bench.
 *
 * @param address host:port of a running node, empty to start one
 * @param aotCache file for the AOT cache of the started node, empty for none
 */
record BenchOptions(int clients, int rooms, int seconds, String address, String aotCache) {

    static final String USAGE = """
        Usage: parlance bench [--clients=1000] [--rooms=100] [--seconds=15] [--address=HOST:PORT | --aotCache=FILE]

        Clients are spread evenly over the rooms; each has one send in flight. Without an address a node with an
        embedded Postgres is started for it, and its CPU time is measured. Every delivery is checked. With --aotCache
        the node's JVM leaves what it has learnt in a file, with which later starts are faster: target/parlance.aot.\
        """;

    /** @throws StartupException for an unknown option or a malformed number */
    static BenchOptions parse(List<String> flags) {
        BenchOptions options = new BenchOptions(1000, 100, 15, "", "");
        for (String flag : flags) {
            int equals = flag.indexOf('=');
            String value = equals < 0 ? "" : flag.substring(equals + 1);
            options = switch (equals < 0 ? flag : flag.substring(0, equals)) {
                case "--clients" -> options.withLoad(number(flag, value), options.rooms, options.seconds);
                case "--rooms" -> options.withLoad(options.clients, number(flag, value), options.seconds);
                case "--seconds" -> options.withLoad(options.clients, options.rooms, number(flag, value));
                case "--address" -> options.withNode(value, options.aotCache);
                case "--aotCache" -> options.withNode(options.address, value);
                default -> throw StartupException.usage("there is no option " + flag + "\n" + USAGE);
            };
        }
        if (!options.address.isEmpty() && !options.aotCache.isEmpty()) {
            throw StartupException.usage("a node that runs already leaves no --aotCache\n" + USAGE);
        }
        return options;
    }

    private BenchOptions withLoad(int newClients, int newRooms, int newSeconds) {
        return new BenchOptions(newClients, newRooms, newSeconds, address, aotCache);
    }

    private BenchOptions withNode(String newAddress, String newAotCache) {
        return new BenchOptions(clients, rooms, seconds, newAddress, newAotCache);
    }

    private static int number(String flag, String value) {
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw StartupException.usage(flag + " must be a whole number of 1 to 999999");
        }
        return Integer.parseInt(value);
    }
}

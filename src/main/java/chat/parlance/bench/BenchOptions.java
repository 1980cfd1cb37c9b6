package chat.parlance.bench;

import chat.parlance.error.StartupException;
import java.util.List;

/**
 * What to drive and for how long.
 *
 * @param address host:port of a node that runs, empty to start one
 */
record BenchOptions(int clients, int rooms, int seconds, String address) {

    static final String USAGE = """
        Usage: parlance bench [--clients=1000] [--rooms=100] [--seconds=15] [--address=HOST:PORT]

        Clients are spread evenly over the rooms; each has one send in flight. Without an address a node with an
        embedded Postgres is started for it, and its CPU time is measured. Every delivery is checked.\
        """;

    /** @throws StartupException for what is no option or no number */
    static BenchOptions parse(List<String> flags) {
        BenchOptions options = new BenchOptions(1000, 100, 15, "");
        for (String flag : flags) {
            int equals = flag.indexOf('=');
            String value = equals < 0 ? "" : flag.substring(equals + 1);
            options = switch (equals < 0 ? flag : flag.substring(0, equals)) {
                case "--clients" ->
                    new BenchOptions(number(flag, value), options.rooms, options.seconds, options.address);
                case "--rooms" ->
                    new BenchOptions(options.clients, number(flag, value), options.seconds, options.address);
                case "--seconds" ->
                    new BenchOptions(options.clients, options.rooms, number(flag, value), options.address);
                case "--address" -> new BenchOptions(options.clients, options.rooms, options.seconds, value);
                default -> throw new StartupException("there is no option " + flag + "\n" + USAGE);
            };
        }
        return options;
    }

    private static int number(String flag, String value) {
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new StartupException(flag + " must be a whole number of 1 to 999999");
        }
        return Integer.parseInt(value);
    }
}

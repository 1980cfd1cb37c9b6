package chat.parlance.smoke;

import java.security.Security;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Checks of a deployment, from a container in its network:
 *
 * <pre>
 *   peers N     waits until there are N nodes, each with all others as peers
 *   across N    the same, then measures messages, typing and presence from node to node
 *   load MS     sends until SIGTERM, then judges I1 to I8, and that no client has waited longer
 * </pre>
 *
 * Prints a row for each check. Exit code: 0 when all are good.
 */
final class Smoke {

    private static final String NODES = "chat";
    private static final String BALANCER = "balancer:8080";
    private static final int HTTP_PORT = 8080;
    private static final int MANAGEMENT_PORT = 8081;
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private final Table table = new Table();
    private final Addresses addresses = new Addresses(NODES, HTTP_PORT);

    private Smoke() {}

    /** Runs one check. */
    public static void main(String[] arguments) throws InterruptedException {
        // Nodes come and go faster than the JVM forgets an address by itself.
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        String check = String.join(" ", arguments);
        Smoke smoke = new Smoke();
        if (check.matches("(peers|across) [1-9][0-9]?")) {
            smoke.check(arguments[0], Integer.parseInt(arguments[1]));
            System.exit(smoke.table.exitCode());
        } else if (check.matches("load [1-9][0-9]{0,5}")) {
            smoke.load(Long.parseLong(arguments[1]));
        } else {
            System.err.println("usage: peers N | across N | load MS");
            System.exit(EXIT_USAGE);
        }
    }

    private void check(String what, int nodes) throws InterruptedException {
        new Peers(addresses, MANAGEMENT_PORT).await(nodes, table);
        if (what.equals("across")) {
            Across.measure(List.copyOf(addresses.resolve()), table);
        }
    }

    private void load(long maxWaitMs) throws InterruptedException {
        Load load = new Load(addresses, BALANCER, maxWaitMs);
        CountDownLatch started = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(load, started), "finish"));
        load.start();
        started.countDown();
        System.out.println("smoke: sending");
        new CountDownLatch(1).await();
    }

    /** In a shutdown hook only a halt sets the exit code. */
    private void finish(Load load, CountDownLatch started) {
        int code = EXIT_FAILED;
        try {
            if (started.getCount() == 0) {
                load.finish(table);
                code = table.exitCode();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(code);
        }
    }
}

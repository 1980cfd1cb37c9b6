package chat.parlance;

import chat.parlance.bench.BenchCommand;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ConfigReference;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.NearestName;
import chat.parlance.error.StartupException;
import chat.parlance.verification.VerifyCommand;
import java.io.IOException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The command line: {@code start} runs a node until a signal stops it. */
public final class Parlance {

    private static final String USAGE = """
        Usage: parlance [start] [--port PORT] [--data DIR] [--config FILE] [--KEY=VALUE ...]
               parlance bench [--clients=1000] [--rooms=100] [--seconds=15]
                              [--address=HOST:PORT | --aotCache=FILE]
               parlance bench search [--messages=1000000] [--rooms=20] [--queries=200]
               parlance bench flood [--clients=50] [--rooms=10] [--flooders=1] [--seconds=15] [--turns=3]
               parlance bench nodes [--rooms=100] [--readers=4] [--seconds=10] [--turns=5]
               parlance verify [--json] [--data DIR] [--postgres.uri=URI]
               parlance --help
               parlance --version

        start   Run a node. With no configuration it brings its own Postgres and keeps all in ./data.
        bench   Drive a node as clients do, check every delivery, and print what it cost.

        verify  Prove on a database that no room has a hole, a duplicate or a counter that disagrees.

        Keys, with their defaults; each can also be set in the environment or in a file:
        """;

    private static final String DNS_CACHE_SECONDS = "1";
    private static final List<String> COMMANDS = List.of("start", "bench", "verify", "help", "version");

    private Parlance() {}

    public static void main(String[] arguments) {
        // Before the first lookup. The addresses of cluster.members change as nodes come and go.
        Security.setProperty("networkaddress.cache.ttl", DNS_CACHE_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", DNS_CACHE_SECONDS);
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty("hazelcast.logging.type", "slf4j");
        List<String> rest = Arrays.asList(arguments);
        String command = rest.isEmpty() || rest.getFirst().startsWith("-") ? "start" : rest.getFirst();
        if ((command.equals("start") && rest.contains("--help")) || rest.contains("-h") || command.equals("help")) {
            System.out.println(USAGE + ConfigReference.text());
            return;
        }
        if ((command.equals("start") && rest.contains("--version")) || command.equals("version")) {
            System.out.println(Build.load().describe());
            return;
        }
        List<String> flags = !rest.isEmpty() && command.equals(rest.getFirst()) ? rest.subList(1, rest.size()) : rest;
        switch (command) {
            case "start" -> start(flags);
            case "bench" -> bench(flags);
            case "verify" -> System.exit(VerifyCommand.run(flags, System.getenv()));
            default ->
                fail(StartupException.usage("there is no command " + command
                        + NearestName.of(command, COMMANDS)
                                .map(near -> ", did you mean " + near + "?")
                                .orElse(", see parlance --help")));
        }
    }

    private static void start(List<String> flags) {
        try {
            ParlanceConfig config = ConfigLoader.load(flags, System.getenv());
            List<String> ignored = ConfigLoader.ignoredVariables(System.getenv());
            if (!ignored.isEmpty()) {
                LoggerFactory.getLogger(Parlance.class)
                        .atInfo()
                        .addKeyValue("variables", ignored)
                        .log("Passed over variables that Kubernetes makes of services, or that are for Docker Compose");
            }
            run(new Node(config), config);
        } catch (StartupException refused) {
            fail(refused);
        }
    }

    /** A signal at any moment stops the node, and a start that is under way. */
    private static void run(Node node, ParlanceConfig config) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(node::stop, "drain"));
        } catch (IllegalStateException shuttingDown) {
            return;
        }
        try {
            node.start();
        } catch (RuntimeException refused) {
            // Libraries fail in ways of their own when the JVM shuts down.
            if (node.isStopping()) {
                return;
            }
            throw refused;
        }
        String management = "management on " + NodeUrl.of(config.management().host(), node.managementPort());
        System.out.println(
                node.servesClients()
                        ? "Parlance is ready on " + NodeUrl.of(config.http().host(), node.httpPort()) + ", "
                                + management
                        : "Parlance is ready for other nodes, " + management);
    }

    private static void bench(List<String> flags) {
        try {
            System.exit(BenchCommand.run(flags));
        } catch (StartupException refused) {
            fail(refused);
        } catch (IOException failed) {
            fail(new StartupException("the bench failed: " + failed, failed));
        }
    }

    private static void fail(StartupException refused) {
        refused.lines().forEach(line -> System.err.println("parlance: " + line));
        System.exit(refused.exitCode().code());
    }
}

package chat.parlance;

import chat.parlance.account.AccountService;
import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ParlanceConfig;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code parlance start}: runs a node until a signal stops the process. */
@Command(
        description = {
            "Run a node. Without configuration it starts an embedded Postgres and keeps everything in ./data.",
            "Each key is also an environment variable, and a key of the file of --config. Keys with their defaults:"
        })
final class StartCommand implements Callable<Integer> {

    private final ConfigFlags flags = new ConfigFlags();

    private StartCommand() {}

    /** The command with its options. */
    static CommandLine line(String name) {
        StartCommand command = new StartCommand();
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().name(name);
        command.flags.addTo(line.getCommandSpec());
        return line;
    }

    @Override
    public Integer call() {
        ParlanceConfig config = ConfigLoader.load(flags, System.getenv());
        List<String> ignored = ConfigLoader.ignoredVariables(System.getenv());
        if (!ignored.isEmpty()) {
            LoggerFactory.getLogger(StartCommand.class)
                    .atInfo()
                    .addKeyValue("variables", ignored)
                    .log("Passed over variables that Kubernetes makes of services, or that are for Docker Compose");
        }
        run(new Node(config), config);
        awaitSignal();
        return 0;
    }

    /** Leaves the end of the process to the shutdown hook, which interrupts a start. */
    private static void awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
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
        node.setupCode()
                .ifPresent(code -> System.out.printf(
                        "This server has no owner yet. Within %d minutes this code makes one, see docs/ACCOUNTS.md:"
                                + " %s%nOr run: parlance admin create-owner USER%n",
                        AccountService.SETUP_LIFE.toMinutes(), code));
        String management = "management on " + NodeUrl.of(config.management().host(), node.managementPort());
        System.out.println(
                node.servesClients()
                        ? "Parlance is ready on " + NodeUrl.of(config.http().host(), node.httpPort()) + ", "
                                + management
                        : "Parlance is ready for other nodes, " + management);
    }
}

package chat.parlance;

import chat.parlance.account.AccountService;
import chat.parlance.build.Build;
import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.log.ProcessLog;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
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

    private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);

    /** Characters of a name made at the start that the log shows; enough to tell the nodes of a cluster apart. */
    private static final int MADE_NAME_LENGTH = 8;

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
            LOG.atInfo()
                    .addKeyValue("variables", ignored)
                    .log("Passed over variables that Kubernetes makes of services, or that are for Docker Compose");
        }
        Node node = new Node(config);
        ProcessLog.name(config.node().name().isEmpty() ? node.name().substring(0, MADE_NAME_LENGTH) : node.name());
        Build build = Build.load();
        LOG.atInfo()
                .addKeyValue("version", build.version())
                .addKeyValue("commit", build.commit())
                .addKeyValue("java", Runtime.version())
                .addKeyValue("configuration", ConfigLoader.changes(flags, System.getenv()))
                .log("Starting");
        run(node, config);
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
                .ifPresent(code -> announce(
                        ("This server has no owner yet. Within %d minutes this code makes one, see docs/ACCOUNTS.md:"
                            + " %s%nOpen the page with it: /#link=%s%nOr run: parlance admin create-owner USER")
                                .formatted(AccountService.SETUP_LIFE.toMinutes(), code, code)));
        String management = "management on " + NodeUrl.of(config.management().host(), node.managementPort());
        String ready = node.servesClients()
                ? "Parlance is ready on " + NodeUrl.of(config.http().host(), node.httpPort()) + ", " + management
                : "Parlance is ready for other nodes, " + management;
        announce(ready);
    }

    /** Prints a text for the person who starts the node, as a log line when all output is JSON. */
    private static void announce(String text) {
        if (ProcessLog.isJson()) {
            LOG.info(text);
        } else {
            System.out.println(text);
        }
    }
}

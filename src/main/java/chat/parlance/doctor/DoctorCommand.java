package chat.parlance.doctor;

import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.doctor.Check.Verdict;
import chat.parlance.error.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parlance doctor}: checks what a node needs of its surroundings. Blocks. */
@Command(
        name = "doctor",
        description = {
            "Check what a node needs: Postgres, clocks, open files, disk, cluster, proxy and public origin.",
            "Each line is ok, warn or fail; below a warn or fail is the one fix. Takes the configuration of the node,"
                    + " asks the running node by its management port, and changes nothing."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:no check failed", "1:a check failed", "2:a flag or key is wrong"})
public final class DoctorCommand implements Callable<Integer> {

    private final ConfigFlags flags = new ConfigFlags();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "Public origin, such as https://chat.example.org, to check the proxy from outside.")
    private @Nullable URI origin;

    @Spec
    private @Nullable CommandSpec spec;

    private DoctorCommand() {}

    /** The command with its options. */
    public static CommandLine line() {
        DoctorCommand command = new DoctorCommand();
        CommandLine line = new CommandLine(command);
        command.flags.addTo(line.getCommandSpec(), "data", "management.port", "postgres.uri");
        return line;
    }

    /** Exit code of the process. */
    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        URI asked = origin;
        if (asked != null && (asked.getHost() == null || !asked.toString().matches("https?://[^/]+"))) {
            throw new ParameterException(line, "flag --origin is " + asked + ", give it as https://chat.example.org");
        }
        List<Check> checks = run(ConfigLoader.load(flags, System.getenv()), asked);
        boolean failed = checks.stream().anyMatch(check -> check.verdict() == Verdict.FAIL);
        PrintWriter out = line.getOut();
        if (json) {
            out.println(describe(checks, !failed).encode());
        } else {
            checks.forEach(check -> print(out, check));
        }
        out.flush();
        return (failed ? ExitCode.FAILED : ExitCode.DONE).code();
    }

    private static List<Check> run(ParlanceConfig config, @Nullable URI origin) {
        Optional<RunningNode> node = RunningNode.find(config.management());
        List<Check> checks = new ArrayList<>(NodeChecks.run(config, node));
        checks.addAll(PostgresChecks.run(config));
        if (config.postgres().isEmbedded() || config.auth().key().isEmpty()) {
            DiskChecks.run("data", config.data()).ifPresent(checks::add);
        }
        checks.addAll(ClusterChecks.run(config.cluster(), node));
        checks.add(ProxyChecks.run(
                config.http(), origin != null && origin.getScheme().equals("https")));
        if (origin != null) {
            checks.addAll(OriginChecks.run(origin));
        }
        return checks;
    }

    private static void print(PrintWriter out, Check check) {
        out.printf(Locale.ROOT, "%-4s  %-22s %s%n", check.verdict().label(), check.name(), check.text());
        if (!check.fix().isEmpty()) {
            out.printf(Locale.ROOT, "      fix: %s%n", check.fix());
        }
    }

    private static JsonObject describe(List<Check> checks, boolean healthy) {
        JsonArray described = new JsonArray();
        checks.forEach(check -> described.add(new JsonObject()
                .put("name", check.name())
                .put("verdict", check.verdict().label())
                .put("text", check.text())
                .put("fix", check.fix())));
        return new JsonObject().put("healthy", healthy).put("checks", described);
    }
}

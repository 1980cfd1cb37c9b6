package chat.parlance.doctor;

import chat.parlance.config.ParlanceConfig;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks of the running node, and of what the machine allows it. */
final class NodeChecks {

    /** Open files of a node beside its clients. */
    static final int OWN_FILES = 150;

    private static final double FULL = 0.8;
    private static final double SLOW_COMMIT_SECONDS = 0.1;

    private NodeChecks() {}

    /** @param node the running node, if there is one */
    static List<Check> run(ParlanceConfig config, Optional<RunningNode> node) {
        List<Check> checks = new ArrayList<>();
        checks.add(node.map(NodeChecks::readiness)
                .orElseGet(() -> Check.warn(
                        "node",
                        "no node answers at management.port %d of %s"
                                .formatted(
                                        config.management().port(),
                                        config.management().host()),
                        "start it, or name its port by --management.port")));
        node.ifPresent(running -> commits(running).ifPresent(checks::add));
        maxFiles(node)
                .ifPresent(max -> checks.add(files(
                        max, openFiles(node), config.limits().connections().connections())));
        return checks;
    }

    static Check readiness(RunningNode node) {
        return node.ready()
                ? Check.ok("node", "the node at " + node.address() + " serves clients")
                : Check.fail(
                        "node",
                        "the node at " + node.address() + " serves no clients",
                        "look for 'Requests to Postgres fail' and 'Fenced' in its log: it cannot reach Postgres, or is"
                                + " short of CPU");
    }

    /** Mean time of the commits of a node, which tells more about the disk of Postgres than an empty query. */
    static Optional<Check> commits(RunningNode node) {
        double count = node.metric("parlance_commit_seconds_count").orElse(0);
        double sum = node.metric("parlance_commit_seconds_sum").orElse(0);
        if (count == 0) {
            return Optional.empty();
        }
        String name = "postgres.commits";
        String text = String.format(Locale.ROOT, "a commit takes %.1f ms on average", 1e3 * sum / count);
        return Optional.of(
                sum / count > SLOW_COMMIT_SECONDS
                        ? Check.warn(name, text, "give Postgres a faster disk, or look at its synchronous standby")
                        : Check.ok(name, text));
    }

    /**
     * @param max limit of open files
     * @param open open files of the node, 0 when there is none
     * @param connections of {@code limits.connections}
     */
    static Check files(long max, long open, int connections) {
        String name = "files";
        long needed = (long) connections + OWN_FILES;
        String fix = "raise the limit to %d: LimitNOFILE of systemd, ulimits of Docker, or ulimit -n".formatted(needed);
        if (open > FULL * max) {
            return Check.fail(name, "%d of %d files are open".formatted(open, max), fix);
        }
        return max < needed
                ? Check.warn(
                        name,
                        "the limit of open files is %d; limits.connections (%d) and the node's own files need %d"
                                .formatted(max, connections, needed),
                        fix)
                : Check.ok(name, "the limit of open files is %d".formatted(max));
    }

    private static Optional<Long> maxFiles(Optional<RunningNode> node) {
        if (node.isPresent()) {
            return node.get().metric("process_files_max_files").stream()
                    .mapToObj(max -> (long) max)
                    .findFirst();
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Optional.of(system.getMaxFileDescriptorCount())
                : Optional.empty();
    }

    private static long openFiles(Optional<RunningNode> node) {
        return node.map(running ->
                        (long) running.metric("process_files_open_files").orElse(0))
                .orElse(0L);
    }
}

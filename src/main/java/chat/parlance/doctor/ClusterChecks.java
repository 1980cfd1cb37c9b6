package chat.parlance.doctor;

import chat.parlance.cluster.Cluster;
import chat.parlance.cluster.ClusterSettings;
import chat.parlance.doctor.RunningNode.Member;
import chat.parlance.error.StartupException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks of the cluster: the names of its members, and the members that the running node hears. */
final class ClusterChecks {

    private ClusterChecks() {}

    /** @param node the running node, if there is one */
    static List<Check> run(ClusterSettings cluster, Optional<RunningNode> node) {
        if (!cluster.enabled()) {
            return List.of();
        }
        List<Check> checks = new ArrayList<>();
        checks.add(names(cluster.joining().members()));
        node.ifPresent(running -> checks.addAll(members(running.members())));
        return checks;
    }

    static Check names(List<String> members) {
        String name = "cluster.names";
        try {
            List<String> unknown = Cluster.unresolvable(members);
            return unknown.isEmpty()
                    ? Check.ok(name, "all of cluster.members can be resolved: " + String.join(", ", members))
                    : Check.fail(
                            name,
                            "cannot be resolved: " + String.join(", ", unknown),
                            "correct cluster.members, or the DNS that should know these names");
        } catch (StartupException malformed) {
            return Check.fail(name, String.valueOf(malformed.getMessage()), "correct cluster.members");
        }
    }

    static List<Check> members(List<Member> members) {
        String silent = members.stream()
                .filter(member -> !member.heard())
                .map(member -> member.name() + " (" + member.address() + ")")
                .collect(Collectors.joining(", "));
        String all = members.stream().map(Member::name).collect(Collectors.joining(", "));
        List<Check> checks = new ArrayList<>();
        if (!silent.isEmpty()) {
            checks.add(Check.fail(
                    "cluster.members",
                    "the node hears nothing of " + silent,
                    "open cluster.busPort between the nodes; the log of each names refused connections"));
        } else if (members.size() < 2) {
            checks.add(Check.warn(
                    "cluster.members",
                    "the node knows no other node",
                    "start the others; if they run, give all the same cluster.name and cluster.secret, and open"
                            + " cluster.port between them"));
        } else {
            checks.add(Check.ok("cluster.members", "the node hears all of " + all));
        }
        List<String> shared =
                members.stream().collect(Collectors.groupingBy(Member::name, Collectors.counting())).entrySet().stream()
                        .filter(entry -> entry.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        if (!shared.isEmpty()) {
            checks.add(Check.warn(
                    "node.name",
                    "several nodes are called " + String.join(", ", shared),
                    "give each node a node.name of its own, or none"));
        }
        return checks;
    }
}

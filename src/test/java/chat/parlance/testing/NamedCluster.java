package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Node processes that find each other by one name with several addresses, like containers of one service: each has a
 * loopback address and a hosts file of its own, in which its own address is first.
 */
public final class NamedCluster implements AutoCloseable {

    private static final String NAME = "chat";

    /**
     * One node.
     *
     * @param number the last part of its address
     */
    public record Member(int number, NodeProcess process, String management) {}

    private final Path folder;
    private final String network = "127.%d.%d.".formatted(random(1, 250), random(1, 250));
    private final Map<Integer, Member> members = new HashMap<>();
    private final Map<String, String> environment;

    /** @param environment more variables for all nodes */
    public NamedCluster(Map<String, String> environment) {
        this.environment = environment;
        try {
            this.folder = Files.createTempDirectory("parlance-names");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int random(int first, int last) {
        return ThreadLocalRandom.current().nextInt(first, last + 1);
    }

    /** The name of the cluster. */
    public String name() {
        return "names-" + network;
    }

    public String addressOf(int number) {
        return network + number;
    }

    /** Sets the addresses of the name for one node, running or not; its own one is first if it is among them. */
    public void resolve(int number, List<Integer> addresses) {
        String lines = IntStream.concat(
                        addresses.stream().filter(one -> one == number).mapToInt(one -> one),
                        addresses.stream().filter(one -> one != number).mapToInt(one -> one))
                .mapToObj(one -> addressOf(one) + " " + NAME)
                .collect(Collectors.joining("\n"));
        try {
            Path fresh = Files.writeString(folder.resolve(number + ".new"), "127.0.0.1 localhost\n" + lines + "\n");
            Files.move(fresh, hosts(number), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same for several nodes. */
    public void resolveAll(List<Integer> nodes, List<Integer> addresses) {
        nodes.forEach(number -> resolve(number, addresses));
    }

    private Path hosts(int number) {
        return folder.resolve(Integer.toString(number));
    }

    /** Starts nodes at the same moment, and waits until all are ready. */
    public void start(List<Integer> numbers) {
        List<Member> started = new ArrayList<>();
        for (int number : numbers) {
            int managementPort = Ports.free();
            Map<String, String> variables = new HashMap<>(TestNode.environment());
            variables.putAll(Map.of(
                    "PARLANCE_MANAGEMENT_PORT",
                    Integer.toString(managementPort),
                    "PARLANCE_CLUSTER_ENABLED",
                    "true",
                    "PARLANCE_CLUSTER_NAME",
                    name(),
                    "PARLANCE_CLUSTER_HOST",
                    addressOf(number),
                    "PARLANCE_CLUSTER_MEMBERS",
                    NAME,
                    "PARLANCE_LIMITS_ENABLED",
                    "false",
                    "PARLANCE_DRAIN_UNREADY_MS",
                    "0",
                    "PARLANCE_DRAIN_SPREAD_MS",
                    "1"));
            variables.putAll(environment);
            NodeProcess process =
                    NodeProcess.startWith(List.of("-Djdk.net.hosts.file=" + hosts(number)), Ports.free(), variables);
            Member member = new Member(number, process, "127.0.0.1:" + managementPort);
            members.put(number, member);
            started.add(member);
        }
        started.forEach(member -> member.process().awaitReady());
    }

    public Member member(int number) {
        return members.get(number);
    }

    /** Waits until each of these nodes has that many peers. */
    public void awaitPeers(List<Integer> numbers, int peers) {
        numbers.forEach(number -> Counters.awaitExactly(member(number).management(), "parlance_peers", peers));
    }

    /** Stops a node as {@code kill} does. */
    public void stop(int number) {
        members.remove(number).process().stop();
    }

    @Override
    public void close() {
        members.values().forEach(member -> member.process().close());
        TestNode.delete(folder);
    }
}

package chat.parlance.faults;

import chat.parlance.testing.Shell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network of its own: a bridge, and one network namespace a host with a link to it, in 198.18.0.0/15, which is
 * reserved for network tests (RFC 2544). Packets can be dropped and links slowed. All of it is gone when it is closed.
 */
final class Namespaces implements AutoCloseable {

    private static final int SUBNETS = 512;
    private static final int FIRST_HOST = 10;

    private final String tag;
    private final String subnet;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<Host, String> links = new HashMap<>();

    private Namespaces(int number) {
        this.tag = "plc" + number;
        this.subnet = "198.%d.%d.".formatted(18 + number / 256, number % 256);
    }

    /** @throws IllegalStateException with the reason, when this process may not or cannot */
    static Namespaces create() {
        Namespaces made = new Namespaces(ThreadLocalRandom.current().nextInt(SUBNETS));
        try {
            Shell.run("ip link add %s type bridge".formatted(made.tag));
            Shell.run("ip addr add %s1/24 dev %s".formatted(made.subnet, made.tag));
            Shell.run("ip link set %s up".formatted(made.tag));
            Host probe = made.host("probe");
            Shell.run(probe.command(List.of("iptables", "-w", "-L", "-n")));
        } catch (IllegalStateException refused) {
            made.close();
            throw refused;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(made::close));
        return made;
    }

    /** Makes one more host. */
    synchronized Host host(String name) {
        String namespace = tag + "-" + name;
        String link = tag + "h" + hosts.size();
        String address = subnet + (FIRST_HOST + hosts.size());
        Host host = new Host(name, address, List.of("ip", "netns", "exec", namespace));
        hosts.add(host);
        links.put(host, link);
        Shell.run("ip netns add " + namespace);
        Shell.run("ip link add %s type veth peer name eth0 netns %s".formatted(link, namespace));
        Shell.run("ip link set %s master %s up".formatted(link, tag));
        Shell.run("ip -n %s addr add %s/24 dev eth0".formatted(namespace, address));
        Shell.run("ip -n %s link set eth0 up".formatted(namespace));
        Shell.run("ip -n %s link set lo up".formatted(namespace));
        return host;
    }

    /** Drops packets from the peer to the host; the peer still receives the host's. */
    void deafen(Host host, Host peer) {
        Shell.run(host.command(List.of("iptables", "-w", "-A", "INPUT", "-s", peer.address(), "-j", "DROP")));
    }

    /** Drops packets between the two hosts, without an error to either. */
    void cut(Host host, Host peer) {
        deafen(host, peer);
        Shell.run(host.command(List.of("iptables", "-w", "-A", "OUTPUT", "-d", peer.address(), "-j", "DROP")));
    }

    /** Limits the bandwidth of the host's link, in both directions. */
    void slow(Host host, int kilobitsPerSecond) {
        limit(host, "%dkbit burst 8kb".formatted(kilobitsPerSecond));
    }

    /** Removes the limit of the host's link; waiting packets are sent first. */
    void hasten(Host host) {
        limit(host, "10gbit burst 8mb");
    }

    private void limit(Host host, String rate) {
        String limit = "tc qdisc replace dev %s root tbf rate " + rate + " latency 500ms";
        Shell.run(host.command(words(limit.formatted("eth0"))));
        Shell.run(limit.formatted(links.get(host)));
    }

    /** Ends all drops of the host's packets. */
    void heal(Host host) {
        Shell.run(host.command(words("iptables -w -F")));
    }

    /**
     * Moves the address of one host to another, as a virtual address moves in a failover: the first is cut off, and the
     * others learn the new place of the address.
     */
    void moveAddress(Host from, Host to) {
        Shell.run(from.command(List.of("ip", "addr", "flush", "dev", "eth0")));
        Shell.run(to.command(List.of("ip", "addr", "add", from.address() + "/24", "dev", "eth0")));
        Shell.run("ip neigh flush dev " + tag);
        for (Host host : hosts) {
            Shell.run(host.command(List.of("ip", "neigh", "flush", "dev", "eth0")));
        }
    }

    @Override
    public synchronized void close() {
        for (Host host : hosts) {
            attempt("ip netns del %s-%s".formatted(tag, host.name()));
        }
        hosts.clear();
        attempt("ip link del " + tag);
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }

    private static void attempt(String command) {
        try {
            Shell.run(command);
        } catch (IllegalStateException neverMade) {
            // Only what was created is removed.
        }
    }
}

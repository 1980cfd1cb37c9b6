package chat.parlance.cluster;

import chat.parlance.error.StartupException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses of possible members, from {@code cluster.members}. Names are resolved anew each time, to all their
 * addresses, because those change as nodes come and go. A name that cannot be resolved stands for no address until it
 * can. Resolving blocks. May be used from any thread.
 */
final class MemberAddresses {

    /** Number of ports on this machine's own address that may belong to members, as many as Hazelcast tries to bind. */
    static final int OWN_PORTS = 20;

    /**
     * Number of ports on another machine, which may run several nodes. There are few because a port that a firewall
     * drops costs a joining node a connect timeout; ports that refuse cost nothing.
     */
    static final int OTHER_PORTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(MemberAddresses.class);

    /** A host with or without a port; an IPv6 address with a port stands in brackets. */
    private static final Pattern MEMBER = Pattern.compile(
            "\\[(?<literal>[^]]+)](:(?<literalPort>\\d{1,5}))?|(?<host>[^:\\[\\]]+)(:(?<port>\\d{1,5}))?"
                    + "|(?<bare>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%a-z]*)");

    private static final int NO_PORT = -1;
    private static final int MAX_PORT = 65_535;

    private record Member(String host, int port) {}

    /** Resolver of all addresses of a host; see {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final List<Member> members;
    private final InetAddress own;
    private final int firstPort;
    private final Resolver resolver;
    private final Set<String> unresolved = new HashSet<>();

    /**
     * @param members host or host:port
     * @param own the address of this node
     * @param firstPort default port; the next ones may be in use, too
     * @throws StartupException when a member is neither host nor host:port
     */
    MemberAddresses(List<String> members, InetAddress own, int firstPort, Resolver resolver) {
        this.members = members.stream().map(MemberAddresses::parse).toList();
        this.own = own;
        this.firstPort = firstPort;
        this.resolver = resolver;
    }

    /** Hosts of members without an address now. */
    static List<String> unresolvable(List<String> members, Resolver resolver) {
        return members.stream()
                .map(MemberAddresses::parse)
                .map(Member::host)
                .distinct()
                .filter(host -> {
                    try {
                        return resolver.resolve(host).length == 0;
                    } catch (UnknownHostException unknown) {
                        return true;
                    }
                })
                .toList();
    }

    private static Member parse(String member) {
        Matcher parts = MEMBER.matcher(member.strip());
        if (!parts.matches()) {
            throw new StartupException("cluster.members has " + member + ", which is neither host nor host:port");
        }
        String host =
                parts.group("host") == null ? literal(member, first(parts, "literal", "bare")) : parts.group("host");
        String port = first(parts, "literalPort", "port");
        int number = port.isEmpty() ? NO_PORT : Integer.parseInt(port);
        if (number == 0 || number > MAX_PORT) {
            throw new StartupException("cluster.members has " + member + ", whose port is none");
        }
        return new Member(host, number);
    }

    private static String literal(String member, String address) {
        try {
            return InetAddress.ofLiteral(address).getHostAddress();
        } catch (IllegalArgumentException noAddress) {
            throw new StartupException("cluster.members has " + member + ", which is no address", noAddress);
        }
    }

    private static String first(Matcher parts, String... groups) {
        return Stream.of(groups)
                .map(parts::group)
                .filter(group -> group != null)
                .findFirst()
                .orElse("");
    }

    /** Every address at which a member may be now, with this node's own. */
    Set<InetSocketAddress> candidates() {
        Set<InetSocketAddress> candidates = new LinkedHashSet<>();
        for (Member member : members) {
            for (InetAddress address : resolve(member.host())) {
                ports(member, address).forEach(port -> candidates.add(new InetSocketAddress(address, port)));
            }
        }
        return candidates;
    }

    /** Ports of a member; none when the system picks the ports, which are then unknown. */
    private IntStream ports(Member member, InetAddress address) {
        if (member.port() != NO_PORT) {
            return IntStream.of(member.port());
        }
        int count = address.equals(own) ? OWN_PORTS : OTHER_PORTS;
        return firstPort == 0
                ? IntStream.empty()
                : IntStream.range(firstPort, Math.min(firstPort + count, MAX_PORT + 1));
    }

    /**
     * Present addresses that certainly belong to other nodes: those of other machines, and listed other ports of this
     * node's own address.
     *
     * @param ownPort the port of this node
     */
    Set<InetSocketAddress> others(int ownPort) {
        Set<InetSocketAddress> others = new LinkedHashSet<>();
        for (Member member : members) {
            for (InetAddress address : resolve(member.host())) {
                boolean other = !address.equals(own) || (member.port() != NO_PORT && member.port() != ownPort);
                if (other) {
                    others.add(new InetSocketAddress(address, member.port() == NO_PORT ? firstPort : member.port()));
                }
            }
        }
        return others;
    }

    private List<InetAddress> resolve(String host) {
        try {
            List<InetAddress> addresses = List.of(resolver.resolve(host));
            if (isNews(host, true)) {
                LOG.atInfo().addKeyValue("name", host).log("A name of cluster.members can be resolved again");
            }
            return addresses;
        } catch (UnknownHostException unknown) {
            if (isNews(host, false)) {
                LOG.atWarn()
                        .addKeyValue("name", host)
                        .log("A name of cluster.members cannot be resolved; it is tried again");
            }
            return List.of();
        }
    }

    private synchronized boolean isNews(String host, boolean resolved) {
        return resolved ? unresolved.remove(host) : unresolved.add(host);
    }
}

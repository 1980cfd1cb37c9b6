package chat.parlance.setting;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Addresses that a setting names: one, a pattern, a network in CIDR notation, or the networks of this machine. */
@FunctionalInterface
public interface AddressRange {

    /** Text that stands for the networks to which this machine is connected, without loopback. */
    String CONNECTED = "connected";

    boolean contains(InetAddress address);

    /**
     * Parses a range. The networks of {@value #CONNECTED} are those of the moment.
     *
     * @param text {@code 10.0.0.1}, {@code 172.18.*.*} in which a * stands for any number, {@code 10.0.0.0/8}, or {@value
     *     #CONNECTED}
     * @throws IllegalArgumentException when it is none of these
     */
    static AddressRange of(String text) {
        if (text.equals(CONNECTED)) {
            return any(connected());
        }
        if (text.contains("/")) {
            return network(text);
        }
        return text.contains("*") ? pattern(text) : InetAddress.ofLiteral(text)::equals;
    }

    private static AddressRange pattern(String text) {
        if (!text.matches("[0-9a-f.:*]+")) {
            throw new IllegalArgumentException(text + " is no pattern of addresses");
        }
        Pattern pattern = Pattern.compile(
                Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[0-9a-f]+")));
        return address -> pattern.matcher(withoutScope(address)).matches();
    }

    private static AddressRange network(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(text + " is no network");
        }
        return network(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
    }

    private static AddressRange network(InetAddress address, int prefixBits) {
        IpSubnetFilterRule rule = new IpSubnetFilterRule(address, prefixBits, IpFilterRuleType.ACCEPT);
        return candidate -> rule.matches(new InetSocketAddress(candidate, 0));
    }

    private static AddressRange any(List<AddressRange> ranges) {
        return address -> ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<AddressRange> connected() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(network -> network.getInterfaceAddresses().stream())
                    .filter(network -> !network.getAddress().isLoopbackAddress())
                    .map(network -> network(network.getAddress(), network.getNetworkPrefixLength()))
                    .toList();
        } catch (SocketException unknown) {
            throw new IllegalStateException("the networks of this machine are not known", unknown);
        }
    }

    private static String withoutScope(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }
}

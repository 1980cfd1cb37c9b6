package chat.parlance.cluster;

import chat.parlance.error.StartupException;
import chat.parlance.setting.AddressRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Comparator;

/** Address of this machine that {@code cluster.host} stands for. */
final class LocalAddress {

    private LocalAddress() {}

    /**
     * Finds the address. Among those of a range one of loopback comes last.
     *
     * @param host an address, or a range as {@link AddressRange} reads it
     * @throws StartupException when this machine has none
     */
    static InetAddress matching(String host) {
        return host.contains("*") || host.contains("/") ? listed(host) : literal(host);
    }

    private static InetAddress listed(String host) {
        AddressRange wanted = range(host);
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(wanted::contains)
                    .min(Comparator.comparing(InetAddress::isLoopbackAddress))
                    .orElseThrow(() -> absent(host));
        } catch (SocketException unknown) {
            throw new StartupException("the addresses of this machine are not known: " + unknown, unknown);
        }
    }

    private static AddressRange range(String host) {
        try {
            return AddressRange.of(host);
        } catch (IllegalArgumentException noRange) {
            throw noAddress(host, noRange);
        }
    }

    /** Binds the address to check it: the interfaces do not list all their addresses, such as those of loopback. */
    private static InetAddress literal(String address) {
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            new ServerSocket(0, 1, literal).close();
            return literal;
        } catch (IllegalArgumentException noLiteral) {
            throw noAddress(address, noLiteral);
        } catch (IOException foreign) {
            throw absent(address);
        }
    }

    private static StartupException noAddress(String host, IllegalArgumentException cause) {
        return new StartupException("cluster.host is " + host + ", which is no address", cause);
    }

    private static StartupException absent(String pattern) {
        return new StartupException("no address of this machine is " + pattern + ", which cluster.host asks for");
    }
}

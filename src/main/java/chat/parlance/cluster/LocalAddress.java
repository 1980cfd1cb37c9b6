package chat.parlance.cluster;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Address of this machine that {@code cluster.host} stands for. */
final class LocalAddress {

    private LocalAddress() {}

    /**
     * Finds the address.
     *
     * @param pattern an address, or a pattern of one in which a * stands for any number
     * @throws StartupException when this machine has none
     */
    static InetAddress matching(String pattern) {
        return pattern.contains("*") ? listed(pattern) : literal(pattern);
    }

    private static InetAddress listed(String pattern) {
        Pattern wanted = Pattern.compile(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[0-9a-f]+")));
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> wanted.matcher(address.getHostAddress()).matches())
                    .findFirst()
                    .orElseThrow(() -> absent(pattern));
        } catch (SocketException unknown) {
            throw new StartupException("the addresses of this machine are not known: " + unknown, unknown);
        }
    }

    /** Binds the address to check it: the interfaces do not list all their addresses, such as those of loopback. */
    private static InetAddress literal(String address) {
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            new ServerSocket(0, 1, literal).close();
            return literal;
        } catch (IllegalArgumentException noAddress) {
            throw new StartupException("cluster.host is " + address + ", which is no address", noAddress);
        } catch (IOException foreign) {
            throw absent(address);
        }
    }

    private static StartupException absent(String pattern) {
        return new StartupException("no address of this machine is " + pattern + ", which cluster.host asks for");
    }
}

package chat.parlance;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** URLs of a node's ports, as a person can open them. */
final class NodeUrl {

    private NodeUrl() {}

    /** @param host name or address that the port is bound to; of all addresses that of loopback is named */
    static String of(String host, int port) {
        return "http://%s:%d%s".formatted(authority(host), port, isWildcard(host) ? " (all addresses)" : "");
    }

    private static String authority(String host) {
        if (isWildcard(host)) {
            return host.contains(":") ? "[::1]" : "127.0.0.1";
        }
        String bare = host.replaceAll("^\\[|]$", "");
        // The zone of a link-local address is an escape in a URL (RFC 6874).
        return bare.contains(":") ? "[" + bare.replace("%", "%25") + "]" : bare;
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}

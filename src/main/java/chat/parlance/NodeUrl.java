package chat.parlance;

import chat.parlance.http.ListenAddress;

/** URLs of a node's ports, as a person can open them. */
final class NodeUrl {

    private NodeUrl() {}

    /** @param host name or address that the port is bound to; of all addresses that of loopback is named */
    static String of(String host, int port) {
        return "http://%s:%d%s"
                .formatted(authority(host), port, ListenAddress.isWildcard(host) ? " (all addresses)" : "");
    }

    private static String authority(String host) {
        if (ListenAddress.isWildcard(host)) {
            return host.contains(":") ? "[::1]" : "127.0.0.1";
        }
        String bare = host.replaceAll("^\\[|]$", "");
        // The zone of a link-local address is an escape in a URL (RFC 6874).
        return bare.contains(":") ? "[" + bare.replace("%", "%25") + "]" : bare;
    }
}

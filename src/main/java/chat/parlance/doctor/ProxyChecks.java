package chat.parlance.doctor;

import chat.parlance.http.HttpSettings;
import chat.parlance.http.ListenAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Checks of the configuration for a proxy in front of the node. */
final class ProxyChecks {

    private static final String NAME = "http.trustedProxies";

    private ProxyChecks() {}

    /** @param isBehindTls true when the public origin begins with https, which needs a proxy */
    static Check run(HttpSettings http, boolean isBehindTls) {
        List<String> proxies = http.trustedProxies();
        if (proxies.stream().anyMatch(proxy -> proxy.matches("[*.:]+|.*/0"))) {
            return Check.fail(
                    NAME,
                    "every address counts as a proxy, so a client can claim any address",
                    "name the addresses of your proxies alone");
        }
        if (!proxies.isEmpty()) {
            return Check.ok(NAME, "X-Forwarded-For is believed of " + String.join(", ", proxies));
        }
        if (isBehindTls) {
            return Check.fail(
                    NAME,
                    "no proxy is named, so all clients share its address and the limits of one",
                    "name the address of the proxy");
        }
        return isLoopback(http.host())
                ? Check.ok(NAME, "none; the public port is open to this machine alone")
                : Check.warn(
                        NAME,
                        "none, and the public port is open to the network without TLS",
                        "put a proxy with TLS in front, and name its address");
    }

    private static boolean isLoopback(String host) {
        try {
            return !ListenAddress.isWildcard(host)
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}

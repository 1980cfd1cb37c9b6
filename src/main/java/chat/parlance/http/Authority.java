package chat.parlance.http;

import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Authority of a request: the header {@code Host}, or the part of an absolute target before its path (RFC 9110, 7.2). */
final class Authority {

    private Authority() {}

    /** The host in lower case, without the port and the brackets of IPv6; null for a text that is no authority of HTTP. */
    static @Nullable String host(String authority) {
        HostAndPort parsed = HostAndPort.parseAuthority(authority, -1);
        if (parsed == null || parsed.host().isEmpty()) {
            return null;
        }
        String host = parsed.host().toLowerCase(Locale.ROOT);
        if (!host.startsWith("[")) {
            return host;
        }
        String literal = host.substring(1, host.length() - 1);
        // A colon, because Java returns an IPv4 address for an IPv4-mapped one.
        return literal.indexOf(':') >= 0 && address(literal) != null ? literal : null;
    }

    /** Address of a literal, null for a name; nothing is resolved. */
    static @Nullable InetAddress address(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException name) {
            return null;
        }
    }
}

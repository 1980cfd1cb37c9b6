package chat.parlance.http;

import chat.parlance.setting.AddressRange;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Client addresses of requests, for limits by address. Behind a trusted proxy the address is the one in {@code
 * X-Forwarded-For}, of which a client can forge only the part before the proxy's own entry.
 */
public final class ClientAddress {

    private static final String ADDRESS = "parlance.address";
    private static final String FORWARDED = "parlance.forwarded";
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int NETWORK_BYTES = 8;

    /** Address with a port, as some proxies write it; an IPv6 address then has brackets (RFC 3986, 3.2.2). */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d+)?|([0-9.]+):\\d+");

    private final List<AddressRange> trusted;

    /** @param trustedProxies ranges as {@link AddressRange} reads them */
    public ClientAddress(List<String> trustedProxies) {
        trusted = trustedProxies.stream().map(AddressRange::of).toList();
    }

    /** Client address of a request. */
    public static String of(RoutingContext context) {
        return Objects.requireNonNull(context.get(ADDRESS));
    }

    /** Determines the address for {@link #of(RoutingContext)}. */
    void find(RoutingContext context) {
        context.put(ADDRESS, of(context.request()));
        context.put(FORWARDED, isTrusted(context.request().remoteAddress().hostAddress()));
        context.next();
    }

    /** True when a trusted proxy forwarded the request. */
    public static boolean isForwarded(RoutingContext context) {
        return context.get(FORWARDED, false);
    }

    /** Address under which a connection is counted; null for a trusted proxy, which has many clients. */
    @Nullable
    String ofPeer(String peer) {
        return isTrusted(peer) ? null : network(peer);
    }

    /** Client address of a request that reaches no router. */
    String of(HttpServerRequest request) {
        return of(
                request.headers().getAll(FORWARDED_FOR), request.remoteAddress().hostAddress());
    }

    /**
     * Nearest address that is no trusted proxy; of IPv6 the network, because one household has all of its addresses.
     *
     * @param forwarded the headers {@code X-Forwarded-For}
     * @param peer address of the connected peer
     */
    String of(List<String> forwarded, String peer) {
        List<String> way = Stream.concat(
                        forwarded.stream()
                                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                                .map(entry -> withoutPort(entry.strip())),
                        Stream.of(peer))
                .toList();
        return network(way.reversed().stream()
                .filter(address -> !isTrusted(address))
                .findFirst()
                .orElse(peer));
    }

    /**
     * True when the peer's headers count that can only make its own answers stricter: those of any peer while no proxy
     * is configured, then those of trusted proxies.
     */
    boolean believes(String peer) {
        return trusted.isEmpty() || isTrusted(peer);
    }

    private boolean isTrusted(String text) {
        InetAddress address = Authority.address(text);
        return address != null && trusted.stream().anyMatch(proxy -> proxy.contains(address));
    }

    private static String withoutPort(String entry) {
        Matcher parts = WITH_PORT.matcher(entry);
        if (!parts.matches()) {
            return entry;
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }

    /**
     * Network of an address that a proxy wrote. A text that is no address gets no key of its own, because a client
     * could make up many.
     */
    private static String network(String address) {
        InetAddress parsed = Authority.address(address);
        if (parsed == null) {
            return "unknown";
        }
        return parsed instanceof Inet6Address
                ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES)
                : parsed.getHostAddress();
    }
}

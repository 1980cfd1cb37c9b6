package chat.parlance.http;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from, for what is limited by address. Behind a proxy that is trusted it is what the proxy says in
 * {@code X-Forwarded-For}, of which a client can forge but the part before the proxy's own.
 */
public final class ClientAddress {

    private static final String ADDRESS = "parlance.address";
    private static final String FORWARDED = "parlance.forwarded";
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int NETWORK_BYTES = 8;

    /** Address with a port, as some proxies write it; the address of IPv6 is in brackets then (RFC 3986, 3.2.2). */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d+)?|([0-9.]+):\\d+");

    private final List<Pattern> trusted;

    /** @param trustedProxies addresses, in which a * stands for any number */
    public ClientAddress(List<String> trustedProxies) {
        trusted = trustedProxies.stream().map(ClientAddress::pattern).toList();
    }

    /** Where a request comes from. */
    public static String of(RoutingContext context) {
        return Objects.requireNonNull(context.get(ADDRESS));
    }

    /** Finds it out for {@link #of(RoutingContext)}. */
    void find(RoutingContext context) {
        context.put(ADDRESS, of(context.request()));
        context.put(FORWARDED, isTrusted(context.request().remoteAddress().hostAddress()));
        context.next();
    }

    /** True when the request came by a trusted proxy. */
    public static boolean isForwarded(RoutingContext context) {
        return context.get(FORWARDED, false);
    }

    /** The address by which a connection is counted; null for a trusted proxy, which has many clients. */
    @Nullable
    String ofPeer(String peer) {
        return isTrusted(peer) ? null : network(peer);
    }

    /** Source of a request that gets to no router. */
    String of(HttpServerRequest request) {
        return of(
                request.headers().getAll(FORWARDED_FOR), request.remoteAddress().hostAddress());
    }

    /**
     * The nearest address that is no trusted proxy; of IPv6 the network, for one household has all of its addresses.
     *
     * @param forwarded the headers {@code X-Forwarded-For}
     * @param peer who connected
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
     * True when headers of the peer count that can only make its own answers stricter: those of any peer while no proxy is
     * named, then those of trusted proxies.
     */
    boolean believes(String peer) {
        return trusted.isEmpty() || isTrusted(peer);
    }

    private boolean isTrusted(String address) {
        String usual = usual(address);
        return trusted.stream().anyMatch(proxy -> proxy.matcher(usual).matches());
    }

    private static String withoutPort(String entry) {
        Matcher parts = WITH_PORT.matcher(entry);
        if (!parts.matches()) {
            return entry;
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }

    /** One spelling of an address, which has several in IPv6; a text that is none stays as it is. */
    private static String usual(String address) {
        InetAddress parsed = Authority.address(address);
        return parsed == null ? address : parsed.getHostAddress();
    }

    /** What a proxy wrote is an address; what is none is no key of its own, for a client could make up many. */
    private static String network(String address) {
        InetAddress parsed = Authority.address(address);
        if (parsed == null) {
            return "unknown";
        }
        return parsed instanceof Inet6Address
                ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES)
                : parsed.getHostAddress();
    }

    private static Pattern pattern(String proxy) {
        return Pattern.compile(
                Stream.of(usual(proxy).split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[0-9a-f]+")));
    }
}

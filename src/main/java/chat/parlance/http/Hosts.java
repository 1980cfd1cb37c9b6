package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hosts that a node on loopback serves. A page of any site reaches such a node when the site's name resolves to 127.0.0.1 the
 * second time that the browser asks (DNS rebinding): the page and the node then have one origin. Its requests still name the
 * site's host, so a host that an attacker could own is answered with 421 (RFC 9110, 15.5.20).
 *
 * <p>Served are the addresses of loopback, names that nobody can register in the public DNS ({@link #RESERVED} domains, and
 * names of one label), and the hosts of {@code http.allowedOrigins}. A proxy in {@code http.trustedProxies} decides itself which
 * hosts it forwards. A node that listens on another address serves every host: it does not know its public names.
 */
public final class Hosts {

    /** Top-level domains that the public DNS never has (RFC 6761, 6.2 and 6.3, and ICANN's resolution 2024.07.29.06). */
    private static final Set<String> RESERVED = Set.of("localhost", "test", "internal");

    private static final ProblemDocument REFUSED = ProblemDocument.of(new ChatException(
            ErrorCode.HOST_REFUSED,
            "The node listens on loopback and does not serve this host; to serve it, name its origin in"
                    + " http.allowedOrigins"));

    private final boolean onLoopback;
    private final Set<String> configured;
    private final ClientAddress addresses;

    private Hosts(boolean onLoopback, Set<String> configured, ClientAddress addresses) {
        this.onLoopback = onLoopback;
        this.configured = configured;
        this.addresses = addresses;
    }

    /**
     * Resolves the name of the address at which the server listens, which may wait for DNS.
     *
     * @param listenHost address at which the server listens, or a name of it
     * @param allowedOrigins origins as browsers send them
     */
    public static Hosts of(String listenHost, Collection<String> allowedOrigins, ClientAddress addresses) {
        return new Hosts(
                isLoopback(listenHost),
                allowedOrigins.stream()
                        .map(origin -> URI.create(origin).getRawAuthority())
                        .map(authority -> Objects.requireNonNull(Authority.host(authority), authority))
                        .collect(Collectors.toUnmodifiableSet()),
                addresses);
    }

    /** Passes on requests for hosts that the node serves; answers the others and closes their connections. */
    Handler<HttpServerRequest> guard(Handler<HttpServerRequest> server) {
        if (!onLoopback) {
            return server;
        }
        return request -> {
            String authority = request.getHeader(HttpHeaders.HOST);
            // Only HTTP/1.0 has no host, and no browser speaks it.
            if (authority == null || serves(authority) || isProxy(request)) {
                server.handle(request);
            } else {
                request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                SecurityHeaders.add(request.response().headers());
                Problems.answer(request.response(), REFUSED);
            }
        };
    }

    /** @param authority the well-formed authority of a request */
    boolean serves(String authority) {
        String host = Authority.host(authority);
        if (!onLoopback || host == null) {
            return !onLoopback;
        }
        InetAddress address = Authority.address(host);
        boolean isLocal = address == null ? isPrivate(host) : address.isLoopbackAddress();
        return isLocal || configured.contains(host);
    }

    private static boolean isPrivate(String name) {
        String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String top = relative.substring(relative.lastIndexOf('.') + 1);
        return RESERVED.contains(top) || name.matches("[a-z0-9_-]+");
    }

    private boolean isProxy(HttpServerRequest request) {
        return addresses.ofPeer(request.remoteAddress().hostAddress()) == null;
    }

    private static boolean isLoopback(String listenHost) {
        try {
            return InetAddress.getByName(listenHost).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            // The listening socket then fails and reports the error.
            return false;
        }
    }
}

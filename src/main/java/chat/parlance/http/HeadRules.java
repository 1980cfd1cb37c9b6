package chat.parlance.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the head of a request that Netty has decoded: one host, one length of the body, and no repetition of a
 * header of which only the first would be read. A target in absolute form becomes a path; its authority replaces the
 * host (RFC 9112, 3.2.2), so that all checks of the host and the origin read the same value.
 */
final class HeadRules {

    /** Headers with one value that decides the authentication, or how the body is read. */
    private static final List<AsciiString> SINGLE = List.of(
            HttpHeaderNames.ORIGIN,
            HttpHeaderNames.CONTENT_TYPE,
            HttpHeaderNames.AUTHORIZATION,
            AsciiString.cached("sec-fetch-site"),
            AsciiString.cached(Parameters.IDEMPOTENCY_KEY));

    private HeadRules() {}

    /** @throws IllegalArgumentException for a head that two servers could read differently, or that has no meaning */
    static void apply(HttpRequest request) {
        HttpHeaders headers = request.headers();
        boolean current = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        RequestTarget target = RequestTarget.parse(request.method(), request.uri());
        checkHost(headers.getAll(HttpHeaderNames.HOST), target.authority(), current);
        if (target.authority() != null) {
            request.setUri(target.path());
            headers.set(HttpHeaderNames.HOST, target.authority());
        }
        checkLength(headers, current);
        for (AsciiString name : SINGLE) {
            require(headers.getAll(name).size() <= 1, "a header twice: " + name);
        }
        // Netty reads eight bytes as the body of such a request, as a draft of WebSocket wanted.
        require(!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1), "a handshake of a draft of WebSocket");
    }

    /** Requires the target's authority and the host to be the same, because a proxy may have used either. */
    private static void checkHost(List<String> hosts, @Nullable String authority, boolean current) {
        require(hosts.size() == 1 || (hosts.isEmpty() && !current), "headers Host: " + hosts.size());
        for (String host : hosts) {
            require(Authority.host(host) != null, "a malformed host");
            require(authority == null || authority.equalsIgnoreCase(host), "a target of another host");
        }
        require(authority == null || Authority.host(authority) != null, "a target without a host");
    }

    private static void checkLength(HttpHeaders headers, boolean current) {
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        require(
                lengths.size() <= 1 && lengths.stream().allMatch(length -> length.matches("[0-9]+")),
                "Content-Length " + lengths);
        boolean chunked = encodings.size() == 1
                && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst())
                && lengths.isEmpty()
                && current;
        require(encodings.isEmpty() || chunked, "Transfer-Encoding " + encodings);
    }

    private static void require(boolean rule, String violation) {
        if (!rule) {
            throw new IllegalArgumentException(violation);
        }
    }
}

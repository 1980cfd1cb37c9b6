package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests as bytes, decoded at once and byte by byte, with the same result. */
final class RequestDecoderTest {

    private static final String SECOND = "GET /second HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNK = "2\r\n{}\r\n";

    /** Requests that are decoded, each with its target and host. */
    static List<Arguments> decoded() {
        return List.of(
                arguments("a path", "GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n", "/a?b", "x"),
                arguments("absolute form", "GET http://x:80/a HTTP/1.1\r\nHost: x:80\r\n\r\n", "/a", "x:80"),
                arguments("absolute form, in capitals", "GET HTTP://X/a HTTP/1.1\r\nHost: x\r\n\r\n", "/a", "X"),
                arguments("absolute form without a path", "GET http://x HTTP/1.1\r\nHost: x\r\n\r\n", "/", "x"),
                arguments("absolute form with a query alone", "GET http://x?a HTTP/1.1\r\nHost: x\r\n\r\n", "/?a", "x"),
                arguments("absolute form in HTTP/1.0", "GET http://x/ HTTP/1.0\r\n\r\n", "/", "x"),
                arguments("the server", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "*", "x"),
                arguments("the server by a proxy", "OPTIONS http://x HTTP/1.1\r\nHost: x\r\n\r\n", "*", "x"),
                arguments("IPv6", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "/", "[::1]:8080"),
                arguments("an empty line first", "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", "/", "x"),
                arguments("an obsolete text", "GET / HTTP/1.1\r\nHost: x\r\nX-Other: \u00e4\t\r\n\r\n", "/", "x"),
                arguments("chunks", CHUNKED + "1\r\n{\r\n01\r\n}\r\n0\r\n\r\n", "/", "x"),
                arguments("extensions", CHUNKED + "2;a\r\n{}\r\n0 ; a=\"b;c\"\r\n\r\n", "/", "x"),
                arguments("a data that looks like chunks", CHUNKED + "5\r\n\r\n0\r\n\r\n0\r\n\r\n", "/", "x"),
                arguments("trailers", CHUNKED + CHUNK + "0\r\nX-Sum: 1\r\nX-Empty:\r\n\r\n", "/", "x"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoded")
    void shouldDecode(String name, String request, String path, String host) {
        for (int step : new int[] {1, request.length() + SECOND.length()}) {
            List<HttpObject> decoded = decode(request + SECOND, step);
            assertThat(decoded).as("violations").noneMatch(RequestDecoderTest::isRefused);
            List<HttpRequest> requests = decoded.stream()
                    .filter(HttpRequest.class::isInstance)
                    .map(HttpRequest.class::cast)
                    .toList();
            assertThat(requests).extracting(HttpRequest::uri).containsExactly(path, "/second");
            assertThat(requests.getFirst().headers().getAll("Host")).containsExactly(host);
            assertThat(decoded.stream().filter(LastHttpContent.class::isInstance))
                    .hasSize(2);
        }
    }

    /** Heads that are refused. */
    static List<Arguments> refusedHeads() {
        return List.of(
                arguments("two spaces before the target", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("two spaces before the version", "GET /  HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("a space after the version", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n"),
                arguments("four words", "GET / x HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("two words", "GET /\r\nHost: x\r\n\r\n"),
                arguments("a form feed for a space", "GET\f/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("a method that is no token", "GE(T / HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("absolute form of another host", "GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("absolute form of another port", "GET http://x:81/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("absolute form of a user", "GET http://a@x/ HTTP/1.1\r\nHost: a@x\r\n\r\n"),
                arguments("absolute form without a host", "GET http:///a HTTP/1.0\r\n\r\n"),
                arguments("absolute form and no host header", "GET http://x/ HTTP/1.1\r\n\r\n"),
                arguments("absolute form of https", "GET https://x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("another scheme", "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("a scheme without a host", "GET http:/a HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("the server, with GET", "GET * HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("a tunnel", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n"),
                arguments("a relative path", "GET a HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments("a fragment", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"),
                head("an empty host", "Host:"),
                head("a port alone", "Host: :80"),
                head("a host with a path", "Host: x/y"),
                head("a host with a user", "Host: a@x"),
                head("a host with a port of letters", "Host: x:port"),
                head("a port beyond 65535", "Host: x:65536"),
                head("a host of two words", "Host: a b"),
                head("a list of hosts", "Host: x, y"),
                head("a host in brackets", "Host: [x]"),
                head("IPv4 in brackets", "Host: [127.0.0.1]"),
                head("no end of brackets", "Host: [::1"),
                head("two hosts", "Host: x\r\nHost: x"),
                head("two origins", "Host: x\r\nOrigin: http://x\r\nOrigin: http://y"),
                head("one origin twice", "Host: x\r\nOrigin: http://x\r\norigin: http://x"),
                head("two types", "Host: x\r\nContent-Type: application/json\r\nContent-Type: text/plain"),
                head("two tokens", "Host: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b"),
                head("two sites", "Host: x\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site"),
                head("two keys", "Host: x\r\nIdempotency-Key: a\r\nIdempotency-Key: b"),
                head("an empty name", "Host: x\r\n: a"),
                head("a name of a space", "Host: x\r\n : a"),
                head("a name with a space", "Host: x\r\nX Y: a"),
                head("a space before the colon", "Host: x\r\nX-Y : a"),
                head("a name with a bracket", "Host: x\r\nX(Y): a"),
                head("a name with a sign", "Host: x\r\nX@Y: a"),
                head("a name beyond ASCII", "Host: x\r\nX-\u00e4: a"),
                head("no colon", "Host: x\r\nX-Y"),
                head("a folded header", "Host: x\r\nX-Y: a\r\n b"),
                head("a NUL", "Host: x\r\nX-Y: a\0b"),
                head("an escape", "Host: x\r\nX-Y: \u001b[2J"),
                head("a vertical tab", "Host: x\r\nX-Y: a\u000bb"),
                head("a delete", "Host: x\r\nX-Y: a\u007fb"),
                head("a return", "Host: x\r\nX-Y: a\rb"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedHeads")
    void shouldRefuseAHead(String name, String request) {
        for (int step : new int[] {1, request.length() + SECOND.length()}) {
            assertThat(decode(request + SECOND, step)).satisfiesExactly(head -> {
                assertThat(head).isInstanceOf(HttpRequest.class);
                assertThat(isRefused(head)).isTrue();
            });
        }
    }

    /** Chunked bodies that are refused. */
    static List<Arguments> refusedBodies() {
        return List.of(
                arguments("a folded trailer", CHUNK + "0\r\nX-Sum: 1\r\n 2\r\n\r\n"),
                arguments("a folded trailer, by a tab", CHUNK + "0\r\nX-Sum: 1\r\n\t2\r\n\r\n"),
                arguments("a fold before the first trailer", CHUNK + "0\r\n X-Sum: 1\r\n\r\n"),
                arguments("a trailer without a name", CHUNK + "0\r\n: 1\r\n\r\n"),
                arguments("a trailer without a colon", CHUNK + "0\r\nX-Sum\r\n\r\n"),
                arguments("a space in the name of a trailer", CHUNK + "0\r\nX Sum: 1\r\n\r\n"),
                arguments("a NUL in a trailer", CHUNK + "0\r\nX-Sum: \0\r\n\r\n"),
                arguments("a newline alone after a trailer", CHUNK + "0\r\nX-Sum: 1\nX-Two: 2\r\n\r\n"),
                arguments("a newline alone at the end", CHUNK + "0\r\n\n"),
                arguments("trailers that are too large", CHUNK + "0\r\nX-Sum: " + "1".repeat(10_000) + "\r\n\r\n"),
                arguments("many trailers", CHUNK + "0\r\n" + "X-Sum: 1\r\n".repeat(2000) + "\r\n"),
                arguments("a space before a size", " 2\r\n{}\r\n0\r\n\r\n"),
                arguments("a space after a size", "2 \r\n{}\r\n0\r\n\r\n"),
                arguments("a space within a size", "0 2\r\n{}\r\n0\r\n\r\n"),
                arguments("a tab after a size", "2\t\r\n{}\r\n0\r\n\r\n"),
                arguments("a size with a sign", "+2\r\n{}\r\n0\r\n\r\n"),
                arguments("a size with a prefix", "0x2\r\n{}\r\n0\r\n\r\n"),
                arguments("a size with an underscore", "0_2\r\n{}\r\n0\r\n\r\n"),
                arguments("an empty size", "\r\n{}\r\n0\r\n\r\n"),
                arguments("an extension alone", ";a\r\n{}\r\n0\r\n\r\n"),
                arguments("a size of 2^31", "80000000\r\n{}\r\n0\r\n\r\n"),
                arguments("a size of 2^64 + 2", "10000000000000002\r\n{}\r\n0\r\n\r\n"),
                arguments("a size of many zeros", "0".repeat(100) + "2\r\n{}\r\n0\r\n\r\n"),
                arguments("a text after a size", "2 a\r\n{}\r\n0\r\n\r\n"),
                arguments("a NUL in an extension", "2;a\0\r\n{}\r\n0\r\n\r\n"),
                arguments("a newline in an extension", "2;a\nb\r\n{}\r\n0\r\n\r\n"),
                arguments("a return in an extension", "2;a\rb\r\n{}\r\n0\r\n\r\n"),
                arguments("a return before the end of a size", "2\r\r\n{}\r\n0\r\n\r\n"),
                arguments("a long extension", "2;" + "a".repeat(5000) + "\r\n{}\r\n0\r\n\r\n"),
                arguments("many extensions", ("1;" + "a".repeat(50) + "\r\n{\r\n").repeat(100) + "0\r\n\r\n"),
                arguments("more than the size", "1\r\n{}\r\n0\r\n\r\n"),
                arguments("less than the size", "3\r\n{}\r\n0\r\n\r\n"),
                arguments("a newline alone after a size", "2\n{}\r\n0\r\n\r\n"),
                arguments("a newline alone after a chunk", "2\r\n{}\n0\r\n\r\n"),
                arguments("returns alone", "2\r{}\r0\r\r"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedBodies")
    void shouldRefuseABody(String name, String body) {
        String request = CHUNKED + body + SECOND;
        for (int step : new int[] {1, request.length()}) {
            List<HttpObject> decoded = decode(request, step);
            assertThat(decoded).filteredOn(HttpRequest.class::isInstance).hasSize(1);
            assertThat(decoded).filteredOn(RequestDecoderTest::isRefused).hasSize(1);
            assertThat(decoded.getLast())
                    .isInstanceOf(HttpContent.class)
                    .satisfies(last -> assertThat(isRefused(last)).isTrue());
        }
    }

    private static List<HttpObject> decode(String bytes, int step) {
        EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(
                new HttpServerOptions().setMaxInitialLineLength(4096).setMaxHeaderSize(8192)));
        for (int at = 0; at < bytes.length(); at += step) {
            String part = bytes.substring(at, Math.min(bytes.length(), at + step));
            channel.writeInbound(Unpooled.copiedBuffer(part, StandardCharsets.ISO_8859_1));
        }
        List<HttpObject> decoded = new ArrayList<>();
        for (HttpObject part = channel.readInbound(); part != null; part = channel.readInbound()) {
            decoded.add(part);
            ReferenceCountUtil.release(part);
        }
        channel.finishAndReleaseAll();
        return decoded;
    }

    private static boolean isRefused(HttpObject decoded) {
        DecoderResult result = decoded.decoderResult();
        return result.isFailure();
    }

    private static Arguments head(String name, String headers) {
        return arguments(name, "GET / HTTP/1.1\r\n" + headers + "\r\n\r\n");
    }
}

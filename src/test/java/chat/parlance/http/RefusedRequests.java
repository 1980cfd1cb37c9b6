package chat.parlance.http;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** Requests that have no meaning, or one for each reader: the probes of request smuggling (RFC 9112, 11.2). */
final class RefusedRequests {

    /** The request that follows each of them on its connection, and must get no answer. */
    static final String SECOND = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    private static final String POST =
            "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    /** Heads, each with the status of its answer. */
    static final List<Arguments> HEADS = List.of(
            arguments("both lengths", 400, POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            arguments("both, swapped", 400, POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
            arguments("two encodings", 400, POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
            arguments("two headers of encodings", 400, twice("Transfer-Encoding: chunked") + "\r\n0\r\n\r\n"),
            arguments("chunked twice", 400, POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
            arguments("identity", 400, POST + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}"),
            arguments("an unknown encoding", 400, POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
            arguments("an empty encoding", 400, POST + "Transfer-Encoding:\r\n\r\n"),
            arguments("a tab in the encoding", 400, POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
            arguments(
                    "an encoding in HTTP/1.0",
                    400,
                    POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            arguments("two lengths", 400, POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
            arguments("one length twice", 400, twice("Content-Length: 2") + "\r\n{}"),
            arguments("two lengths in one", 400, POST + "Content-Length: 2, 2\r\n\r\n{}"),
            arguments("a length with a sign", 400, POST + "Content-Length: +2\r\n\r\n{}"),
            arguments("a negative length", 400, POST + "Content-Length: -2\r\n\r\n{}"),
            arguments("a hexadecimal length", 400, POST + "Content-Length: 0x2\r\n\r\n{}"),
            arguments("a length beyond 64 bits", 400, POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
            arguments("an empty length", 400, POST + "Content-Length:\r\n\r\n"),
            arguments("a folded header", 400, get("X-Folded: a\r\n b")),
            arguments("a folded header, by a tab", 400, get("X-Folded: a\r\n\tb")),
            arguments("a folded encoding", 400, POST + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
            arguments("a space before the first header", 400, "GET / HTTP/1.1\r\n Host: x\r\n\r\n"),
            arguments("a space before the colon", 400, get("X-Spaced : a")),
            arguments("a space in a name", 400, get("X Spaced: a")),
            arguments("a header without a colon", 400, get("X-Alone")),
            arguments("a header without a name", 400, get(": a")),
            arguments("a NUL in a header", 400, get("X-Nul: a\u0000b")),
            arguments("a return in a header", 400, get("X-Return: a\rTransfer-Encoding: chunked")),
            arguments("a newline alone", 400, "GET / HTTP/1.1\r\nHost: x\nX-Other: a\r\n\r\n"),
            arguments("newlines alone", 400, "GET / HTTP/1.1\nHost: x\n\n"),
            arguments("a return alone after the request line", 400, "GET / HTTP/1.1\rHost: x\r\n\r\n"),
            arguments("two hosts", 400, get("Host: y")),
            arguments("one host twice", 400, get("Host: x")),
            arguments("no host", 400, "GET / HTTP/1.1\r\nX-Other: a\r\n\r\n"),
            arguments("a handshake of a draft", 400, get("Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2")),
            arguments("a tab in the request line", 400, "GET\t/\tHTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a return in the request line", 400, "GET /\rx HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a NUL in the path", 400, "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a space in the path", 400, "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("Latin-1 in the path", 400, "GET /\u00e4 HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a space before the method", 400, " GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a NUL before the method", 400, "\u0000GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a newline before the method", 400, "\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("no version", 400, "GET /\r\n\r\n"),
            arguments("no path", 400, "GET HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a version in lower case", 400, "GET / http/1.1\r\nHost: x\r\n\r\n"),
            arguments("HTTP/1.10", 400, "GET / HTTP/1.10\r\nHost: x\r\n\r\n"),
            arguments("HTTP/0.9", 505, "GET / HTTP/0.9\r\nHost: x\r\n\r\n"),
            arguments("HTTP/3.0", 505, "GET / HTTP/3.0\r\nHost: x\r\n\r\n"),
            arguments("HTTP/2 with prior knowledge", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
            arguments("no HTTP", 400, "\u0016\u0003\u0001\u0002\u0000\r\n\r\n"),
            arguments("a line that is too long", 414, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("headers that are too large", 431, get("X-Large: " + "x".repeat(10_000))),
            arguments("a token that is too large", 431, get("Authorization: Bearer " + "x".repeat(100_000))));

    /** Bodies whose end cannot be told. */
    static List<Arguments> bodies() {
        return List.of(
                chunks("a size that is no number", "x\r\n{}\r\n0\r\n\r\n"),
                chunks("a negative size", "-2\r\n{}\r\n0\r\n\r\n"),
                chunks("a size with a prefix", "0x2\r\n{}\r\n0\r\n\r\n"),
                chunks("an empty size", "\r\n{}\r\n0\r\n\r\n"),
                chunks("a size beyond 64 bits", "ffffffffffffffff2\r\n{}\r\n0\r\n\r\n"),
                chunks("a size of 2^31", "80000000\r\n{}\r\n0\r\n\r\n"),
                chunks("more than the size", "1\r\n{}\r\n0\r\n\r\n"),
                chunks("a newline alone after the size", "2\n{}\r\n0\r\n\r\n"),
                chunks("a newline alone after the chunk", "2\r\n{}\n0\r\n\r\n"),
                chunks("a return in an extension", "2;a\rb\r\n{}\r\n0\r\n\r\n"),
                chunks("a newline in an extension", "2;a\nb\r\n{}\r\n0\r\n\r\n"));
    }

    private RefusedRequests() {}

    static String get(String header) {
        return "GET / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n";
    }

    private static String twice(String header) {
        return POST + header + "\r\n" + header + "\r\n";
    }

    private static Arguments chunks(String name, String body) {
        return arguments(name, POST + "Transfer-Encoding: chunked\r\n\r\n" + body);
    }
}

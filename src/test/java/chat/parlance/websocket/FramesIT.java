package chat.parlance.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.parlance.Node;
import chat.parlance.testing.FrameBytes;
import chat.parlance.testing.RawSocket;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Opening handshakes and frames byte by byte, by RFC 6455. */
final class FramesIT {

    private static final List<String> PATHS = List.of("/ws", "/lines");

    /** The node holds a connection for two seconds when it waits for the peer's close frame. */
    private static final Duration AT_ONCE = Duration.ofMillis(1500);

    private static final int MAX_MESSAGE_BYTES = 16_384;
    private static final int MAX_FRAGMENTS = 64;
    private static final int MAX_PINGS = 10;

    /**
     * A part of a valid handshake and its replacement;
     *
     *  ends a line.
     */
    @ParameterizedTest
    @CsvSource({
        "426, 'Version: 13¶', 'Version: 7¶'",
        "426, 'Version: 13¶', 'Version: 8¶'",
        "426, 'Version: 13¶', 'Version: 0¶'",
        "426, 'Version: 13¶', 'Version: 12¶'",
        "426, 'Version: 13¶', 'Version: 14¶'",
        "426, 'Version: 13¶', 'Version: 113¶'",
        "426, 'Version: 13¶', 'Version: -13¶'",
        "426, 'Version: 13¶', 'Version: 99999999999999999999¶'",
        "426, 'Version: 13¶', 'Version: thirteen¶'",
        "426, 'Version: 13¶', 'Version: ¶'",
        "426, 'Version: 13¶', 'Version: 13, 8¶'",
        "426, 'Version: 13¶', 'Version: 13¶Sec-WebSocket-Version: 8¶'",
        "426, 'Version: 13¶', 'Version: 13¶Sec-WebSocket-Version: 13¶'",
        "426, 'Sec-WebSocket-Version: 13¶', ''",
        "400, 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==¶', ''",
        "400, 'AAAAAAAAAAAAAAAAAAAAAA==', ''",
        "400, 'AAAAAAAAAAAAAAAAAAAAAA==', 'key'",
        "400, 'AAAAAAAAAAAAAAAAAAAAAA==', 'AAAAAAAAAAAAAAAAAAAA'",
        "400, 'AAAAAAAAAAAAAAAAAAAAAA==', 'AAAAAAAAAAAAAAAAAAAAAAAA'",
        "400, 'AAAAAAAAAAAAAAAAAAAAAA==', 'AAAAAAAAAAAAAAAAAAAAA!=='",
        "400, 'AAAAAAAAAAAAAAAAAAAAAA==', 'AAAAAAAAAAAAAAAAAAAAAA==¶Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='",
        "400, 'Connection: Upgrade', 'Connection: keep-alive'",
        "400, 'Connection: Upgrade', 'Connection: Upgraded'",
        "400, 'Connection: Upgrade¶', ''",
        "400, 'Upgrade: websocket', 'Upgrade: websockets'",
        "400, 'Upgrade: websocket¶', ''",
        "400, 'HTTP/1.1', 'HTTP/1.0'",
        "400, 'Upgrade: websocket', 'Upgrade: websocket¶Content-Length: 5'",
        "405, 'GET ', 'POST '",
        "405, 'GET ', 'PUT '",
        "405, 'GET ', 'DELETE '",
    })
    void shouldRefuseAMalformedHandshakeAndLeaveNothingOpen(int status, String part, String instead) {
        try (Log log = new Log()) {
            for (String path : PATHS) {
                try (RawSocket socket = RawSocket.connect(TestNode.address())) {
                    String right = RawSocket.HANDSHAKE.formatted(path, TestNode.address());
                    String head = socket.request(right.replace(part.replace('¶', '\n'), instead.replace('¶', '\n')))
                            .toLowerCase(Locale.ROOT);
                    assertThat(head).containsPattern("^http/1.[01] " + status + " ");
                    assertThat(head.contains("sec-websocket-version: 13")).isEqualTo(status == 426);
                    assertThat(head.contains("upgrade: websocket")).isEqualTo(status == 426);
                    if (status != 405) {
                        assertThat(head).contains("connection: close");
                        assertThat(new String(socket.awaitEnd(), StandardCharsets.UTF_8))
                                .contains(status == 426 ? "\"upgrade_required\"" : "\"bad_request\"");
                    }
                }
            }
            log.assertNoException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
                "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover, permessage-bzip2",
                "Sec-WebSocket-Extensions: x-webkit-deflate-frame",
            })
    void shouldDeclineCompressionAndThenRefuseIt(String offer) {
        for (String path : PATHS) {
            String handshake = RawSocket.HANDSHAKE.formatted(path, TestNode.address()) + offer + "\n";
            try (RawSocket socket = RawSocket.upgrade(TestNode.address(), handshake)) {
                assertThat(socket.head().toLowerCase(Locale.ROOT)).doesNotContain("extensions", "deflate");
                socket.send(FrameBytes.of("c187 00000000 2a492d2e5102 00"));
                assertThat(socket.awaitClose()).isEqualTo(1002);
            }
        }
    }

    /** The frames are as {@link FrameBytes} reads them, masked with zeros. */
    @ParameterizedTest
    @CsvSource({
        "1002, 8105 48656c6c6f, unmasked text",
        "1002, 8900, unmasked ping",
        "1002, c185 00000000 48656c6c6f, reserved bit 1",
        "1002, a185 00000000 48656c6c6f, reserved bit 2",
        "1002, 9185 00000000 48656c6c6f, reserved bit 3",
        "1002, c980 00000000, reserved bit of a ping",
        "1002, 8380 00000000, reserved opcode 3",
        "1002, 8780 00000000, reserved opcode 7",
        "1002, 8b80 00000000, reserved opcode 11",
        "1002, 8f80 00000000, reserved opcode 15",
        "1002, 8080 00000000, continuation of nothing",
        "1002, 8181 00000000 61 8080 00000000, continuation of a whole message",
        "1002, 0181 00000000 61 8181 00000000 61, message within a message",
        "1002, 0980 00000000, fragmented ping",
        "1002, 0a80 00000000, fragmented pong",
        "1002, 0880 00000000, fragmented close",
        "1002, 89fe 007e 00000000, long ping",
        "1002, 8afe 007e 00000000, long pong",
        "1002, 88fe 007e 00000000, long close",
        "1002, 8881 00000000 03, half a close code",
        "1002, 8882 00000000 03ed, close code 1005",
        "1002, 8882 00000000 0000, close code 0",
        "1002, 81fe 0005 00000000, length that is not minimal",
        "1002, 81ff ffffffffffffffff, negative length",
        "1002, 81ff 8000000000000000 00000000, least length",
        "1007, 8182 00000000 c328, bad UTF-8",
        "1007, 8182 00000000 c080, overlong NUL",
        "1007, 8183 00000000 eda080, surrogate",
        "1007, 8184 00000000 f4908080, beyond the last code point",
        "1007, 8181 00000000 c3, half a character",
        "1007, 0182 00000000 c328, bad UTF-8 in a fragment",
        "1007, 0181 00000000 c3 8081 00000000 28, bad UTF-8 over fragments",
        "1007, 0181 00000000 c3 0081 00000000 28, bad UTF-8 over fragments before the last",
        "1007, 0181 00000000 c3 8980 00000000 0081 00000000 28, bad UTF-8 over fragments with a ping between",
        "1007, 81fe 0100 00000000 c328, bad UTF-8 in a frame that is not whole",
        "1007, 8884 00000000 03e8 c328, bad UTF-8 in a close reason",
        "1003, 8280 00000000, binary",
        "1003, 0281 00000000 61, fragment of binary",
        "1009, 81fe 4001 00000000, frame of a byte too much",
        "1009, 81ff 0000000000010000 00000000, frame of 64 KiB",
        "1009, 81ff 0000010000000000, frame of 2^40 bytes",
        "1009, 81ff 7fffffffffffffff 00000000, longest frame",
        "1009, 01fe 2000 00000000 (61)x8192 80fe 2001 00000000, fragments of a byte too much together",
        "1008, 0180 00000000 (0080 00000000)x64, more than 64 fragments that are empty",
        "1008, 0181 00000000 61 (0081 00000000 61)x64, more than 64 fragments",
        "1008, (8980 00000000)x11, more than 10 pings at once",
        "1008, (8981 00000000 61)x11, more than 10 pings with data",
        "1008, (8a80 00000000)x11, more than 10 pongs at once",
    })
    void shouldEndTheConnectionAtOnceAtAViolation(int code, String frames, String name) {
        for (String path : PATHS) {
            try (RawSocket socket = RawSocket.upgraded(TestNode.address(), path)) {
                socket.send(FrameBytes.of(frames));
                assertThat(socket.awaitClose()).as(name).isEqualTo(code);
                long closed = System.nanoTime();
                socket.awaitEnd();
                assertThat(Duration.ofNanos(System.nanoTime() - closed))
                        .as(name)
                        .isLessThan(AT_ONCE);
            }
        }
    }

    /** A socket that is closed while bytes are unread is reset, and the peer may not see the reason. */
    @ParameterizedTest
    @ValueSource(strings = {"81ff 0000010000000000 00000000", "8182 00000000 c328", "8280 00000000"})
    void shouldTellThePeerThatGoesOnSendingAndThenResetIt(String violation) {
        try (RawSocket socket = RawSocket.upgraded(TestNode.address(), "/ws")) {
            socket.send(FrameBytes.of(violation));
            byte[] rest = new byte[1 << 16];
            for (int i = 0; i < 64; i++) {
                socket.send(rest);
            }
            socket.awaitClose();
            assertThat(socket.awaitEnd()).isEmpty();
            assertThatThrownBy(() -> {
                        while (true) {
                            socket.send(rest);
                        }
                    })
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void shouldAcceptFramesJustWithinTheLimits() {
        String ping = "{\"type\":\"ping\",\"ref\":\"1\"}";
        String longest = ping + " ".repeat(MAX_MESSAGE_BYTES - ping.length());
        int fragment = MAX_MESSAGE_BYTES / MAX_FRAGMENTS;
        Rest alice = Rest.logIn(TestNode.address(), "limits-alice");
        try (RawSocket socket = RawSocket.authenticated(TestNode.address(), alice.token())) {
            assertThat(socket.awaitText()).contains("\"welcome\"");
            socket.send(FrameBytes.of("81fe 4000 00000000"));
            socket.send(longest.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.awaitText()).isEqualTo("{\"type\":\"pong\",\"ref\":\"1\"}");
            for (int i = 0; i < MAX_FRAGMENTS; i++) {
                String first = i == 0 ? "01" : i < MAX_FRAGMENTS - 1 ? "00" : "80";
                socket.send(FrameBytes.of(first + "fe 0100 00000000"));
                socket.send(longest.substring(i * fragment, (i + 1) * fragment).getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(socket.awaitText()).isEqualTo("{\"type\":\"pong\",\"ref\":\"1\"}");
            socket.send(FrameBytes.of("(8980 00000000)x" + MAX_PINGS));
            socket.sendText(ping);
            assertThat(socket.awaitText()).isEqualTo("{\"type\":\"pong\",\"ref\":\"1\"}");
            socket.send(FrameBytes.of("8882 00000000 03e8"));
            assertThat(socket.awaitClose()).isEqualTo(1000);
            assertThat(socket.awaitEnd()).isEmpty();
        }
    }

    @Test
    void shouldCloseOnAPeerThatDoesNotAuthenticateOrDoesNotAnswerAPing() {
        Rest alice = Rest.logIn(TestNode.address(), "mute-alice");
        Node node = TestNode.startBeside(
                "--websocket.authTimeoutMs=500",
                "--websocket.lineLoginTimeoutMs=500",
                "--websocket.pingIntervalMs=1000",
                "--websocket.pongTimeoutMs=1000");
        String address = "127.0.0.1:" + node.httpPort();
        try (RawSocket silent = RawSocket.upgraded(address, "/ws");
                RawSocket person = RawSocket.upgraded(address, "/lines");
                RawSocket mute = RawSocket.authenticated(address, alice.token())) {
            person.sendText("/help");
            assertThat(silent.awaitClose()).isEqualTo(4401);
            assertThat(person.awaitClose()).isEqualTo(4401);
            assertThat(mute.awaitText()).contains("\"welcome\"");
            // One ping, and no close frame, which no peer would read.
            assertThat(mute.awaitEnd()).containsExactly(0x89, 0);
        } finally {
            node.stop();
        }
    }

    /** Log lines of this JVM, with those of the node. */
    private static final class Log implements AutoCloseable {

        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

        Log() {
            lines.start();
            root.addAppender(lines);
        }

        void assertNoException() {
            close();
            assertThat(lines.list).noneMatch(line -> line.getThrowableProxy() != null);
        }

        @Override
        public void close() {
            root.detachAppender(lines);
        }
    }
}

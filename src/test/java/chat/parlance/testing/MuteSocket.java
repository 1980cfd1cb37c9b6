package chat.parlance.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that answers nothing, not even pings, as one whose network is gone. */
public final class MuteSocket implements AutoCloseable {

    private final Socket socket;

    private MuteSocket(Socket socket) {
        this.socket = socket;
    }

    /** Connects to {@code /ws} with a token. */
    public static MuteSocket open(String address, String token) {
        URI server = URI.create("ws://" + address);
        try {
            Socket socket = new Socket(server.getHost(), server.getPort());
            socket.getOutputStream()
                    .write("""
                        GET /ws HTTP/1.1
                        Host: %s
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
                        Authorization: Bearer %s

                        """.formatted(address, token).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            if (!head.toString().startsWith("HTTP/1.1 101")) {
                throw new AssertionError(head);
            }
            return new MuteSocket(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends one text frame of at most 125 bytes, masked with zeros (RFC 6455, 5.3). */
    public void send(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length)
                .put((byte) 0x81)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload);
        try {
            socket.getOutputStream().write(frame.array());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

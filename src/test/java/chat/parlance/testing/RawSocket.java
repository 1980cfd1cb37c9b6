package chat.parlance.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection that sends and reads bytes. As a WebSocket client it answers nothing, not even pings and close frames,
 * like one that has lost its network.
 */
public final class RawSocket implements AutoCloseable {

    /** An opening handshake (RFC 6455, 4.1), without the empty line at its end. */
    public static final String HANDSHAKE = """
        GET %s HTTP/1.1
        Host: %s
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
        """;

    private static final int TIMEOUT_MS = 15_000;
    private static final int AGAIN_MS = 50;
    private static final int CLOSE = 0x88;
    private static final int TEXT = 0x81;

    private final Socket socket;
    private final DataInputStream in;
    private String head = "";

    private RawSocket(String address) throws IOException {
        URI server = URI.create("ws://" + address);
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(TIMEOUT_MS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Connects and sends nothing. */
    public static RawSocket connect(String address) {
        try {
            return new RawSocket(address);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * An opening handshake as it goes over the wire.
     *
     * @param header one more, with its value
     */
    public static String handshake(String address, String path, String header) {
        return onWire(HANDSHAKE.formatted(path, address) + header + "\n");
    }

    private static String onWire(String request) {
        return (request + "\n").replace("\n", "\r\n");
    }

    /** Opens a WebSocket at a path. */
    public static RawSocket upgraded(String address, String path) {
        return upgrade(address, HANDSHAKE.formatted(path, address));
    }

    /** Connects to {@code /ws} with a token. */
    public static RawSocket authenticated(String address, String token) {
        return upgrade(address, HANDSHAKE.formatted("/ws", address) + "Authorization: Bearer %s\n".formatted(token));
    }

    /** Opens a WebSocket; retries, as clients do, while the node is short of CPU and answers 503. */
    public static RawSocket upgrade(String address, String handshake) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (true) {
            RawSocket socket = connect(address);
            String head = socket.request(handshake);
            if (head.startsWith("HTTP/1.1 101")) {
                return socket;
            }
            socket.close();
            if (!head.startsWith("HTTP/1.1 503") || System.nanoTime() - endNs > 0) {
                throw new AssertionError(head);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(AGAIN_MS));
        }
    }

    /** Head of the last answer to a request. */
    public String head() {
        return head;
    }

    /** Sends a request without a body, and reads the head of its answer. */
    public String request(String request) {
        send(onWire(request).getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        try {
            while (answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) in.readUnsignedByte());
            }
            head = answer.toString();
            return head;
        } catch (IOException failed) {
            throw new UncheckedIOException(answer.toString(), failed);
        }
    }

    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends text frames of at most 125 bytes each in one write, masked with zeros (RFC 6455, 5.3). */
    public void sendText(String... texts) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            frames.writeBytes(ByteBuffer.allocate(6 + payload.length)
                    .put((byte) TEXT)
                    .put((byte) (0x80 | payload.length))
                    .putInt(0)
                    .put(payload)
                    .array());
        }
        send(frames.toByteArray());
    }

    /** Reads the next frame of one kind and drops the others. */
    private byte[] awaitFrame(int kind) {
        try {
            while (true) {
                int first = in.readUnsignedByte();
                int length = in.readUnsignedByte();
                byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
                in.readFully(payload);
                if (first == kind) {
                    return payload;
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String awaitText() {
        return new String(awaitFrame(TEXT), StandardCharsets.UTF_8);
    }

    /** Close code of the server. */
    public int awaitClose() {
        return ByteBuffer.wrap(awaitFrame(CLOSE)).getShort() & 0xffff;
    }

    /** Reads until the server closes the connection. */
    public byte[] awaitEnd() {
        try {
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            in.transferTo(rest);
            return rest.toByteArray();
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

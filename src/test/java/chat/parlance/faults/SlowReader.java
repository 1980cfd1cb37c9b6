package chat.parlance.faults;

import chat.parlance.testing.RawSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A WebSocket client on a bad line: it reads a limited number of bytes a second. */
final class SlowReader implements AutoCloseable {

    private static final int TICK_MS = 100;
    private static final int TICKS_PER_SECOND = 10;
    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int HEADER_BYTES = 6;
    private static final int END_OF_STREAM = -1;

    private final Socket socket;
    private final int bytesPerTick;

    private SlowReader(Socket socket, int bytesPerSecond) {
        this.socket = socket;
        this.bytesPerTick = bytesPerSecond / TICKS_PER_SECOND;
    }

    static SlowReader connect(String address, String token, int bytesPerSecond) throws IOException {
        URI uri = URI.create("http://" + address);
        Socket socket = new Socket();
        // As little as possible may be buffered on this side.
        socket.setReceiveBufferSize(bytesPerSecond / TICKS_PER_SECOND);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream()
                .write(RawSocket.handshake(address, "/ws", "Authorization: Bearer " + token)
                        .getBytes(StandardCharsets.US_ASCII));
        return new SlowReader(socket, bytesPerSecond);
    }

    /** @param text of less than 126 bytes */
    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // A mask of zeros leaves the text unchanged.
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                .put((byte) FINAL_TEXT)
                .put((byte) (MASKED | bytes.length))
                .putInt(0)
                .put(bytes);
        socket.getOutputStream().write(frame.array());
    }

    /** Reads at its rate for that time, or until the server closes the connection. */
    void read(int seconds) throws IOException, InterruptedException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[bytesPerTick];
        for (int i = 0; i < seconds * TICKS_PER_SECOND; i++) {
            if (in.available() > 0 && in.read(buffer) == END_OF_STREAM) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(TICK_MS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

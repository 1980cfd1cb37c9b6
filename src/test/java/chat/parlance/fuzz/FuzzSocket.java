package chat.parlance.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.testing.RawSocket;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;

/**
 * A client's end of one WebSocket, which can also send bytes that no client sends. Frames of the node are read one by
 * one.
 */
final class FuzzSocket implements AutoCloseable {

    /** A frame of the node. */
    record Frame(int opcode, String text) {

        static final int TEXT = 1;
        static final int CLOSE = 8;
        private static final int PING = 9;
        private static final int PONG = 10;

        /** @throws AssertionError for a kind that a node does not send */
        Frame {
            if (opcode != TEXT && opcode != CLOSE && opcode != PING && opcode != PONG) {
                throw new AssertionError("a frame with opcode " + opcode);
            }
        }
    }

    private static final int TIMEOUT_MS = 30_000;
    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int MAX_ONE_BYTE = 125;
    private static final int MAX_TWO_BYTES = 0xffff;
    private static final int EIGHT_BYTES = 127;
    private static final int UNAUTHORIZED = 401;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private FuzzSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /** Opens a WebSocket for the node's user, or for a new one when that user's session has ended. */
    static FuzzSocket open(FuzzNode node, String path) throws IOException {
        FuzzSocket opened = new FuzzSocket(node.connect());
        int status = opened.shakeHands(path, node.token());
        if (status == UNAUTHORIZED) {
            opened.close();
            node.logIn();
            opened = new FuzzSocket(node.connect());
            status = opened.shakeHands(path, node.token());
        }
        if (status != 101) {
            throw new AssertionError("the handshake is answered with " + status);
        }
        return opened;
    }

    private int shakeHands(String path, String token) throws IOException {
        socket.setSoTimeout(TIMEOUT_MS);
        out.write(RawSocket.handshake("localhost", path, "Authorization: Bearer " + token)
                .getBytes(ISO_8859_1));
        out.flush();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return Integer.parseInt(head.toString(ISO_8859_1).split(" ", 3)[1]);
    }

    /** Sends any bytes in place of frames. */
    void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends a masked text frame with these bytes, which need not be UTF-8. */
    void sendText(byte[] payload) throws IOException {
        out.writeByte(FINAL | Frame.TEXT);
        if (payload.length <= MAX_ONE_BYTE) {
            out.writeByte(MASKED | payload.length);
        } else if (payload.length <= MAX_TWO_BYTES) {
            out.writeByte(MASKED | TWO_BYTES);
            out.writeShort(payload.length);
        } else {
            out.writeByte(MASKED | EIGHT_BYTES);
            out.writeLong(payload.length);
        }
        // A mask of zeros leaves the payload unchanged.
        out.writeInt(0);
        out.write(payload);
        out.flush();
    }

    /** Ends the output. */
    void endInput() throws IOException {
        socket.shutdownOutput();
    }

    /**
     * Waits for the next frame.
     *
     * @return empty when the node has closed the connection
     * @throws AssertionError when nothing comes, or a frame that a node does not send
     */
    Optional<Frame> read() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if ((first & ~OPCODE) != FINAL || (length & MASKED) != 0) {
                throw new AssertionError("a frame that begins with %02x %02x".formatted(first, length));
            }
            byte[] payload = new byte[payloadLength(length)];
            in.readFully(payload);
            return Optional.of(new Frame(first & OPCODE, new String(payload, UTF_8)));
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("the node neither answers nor closes", silent);
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    private int payloadLength(int length) throws IOException {
        return switch (length) {
            case TWO_BYTES -> in.readUnsignedShort();
            case EIGHT_BYTES -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package chat.parlance.cluster;

import io.vertx.core.buffer.Buffer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Mutual proof of the cluster's secret on a new connection between two members, before anything else is said on it:
 *
 * <pre>
 * connector                                   acceptor
 *     magic, nonce of the connector  ------------>
 *     <------  nonce of the acceptor, its code
 *     code of the connector          ------------>
 * </pre>
 *
 * Each code is an HMAC with SHA-256 over both nonces, see {@link JoinKey#code}. All lengths are fixed, so nothing that a
 * stranger sends is buffered beyond {@link #incomingBytes()}. The nonces also give each connection keys of its own, for the
 * records that follow.
 */
sealed interface JoinExchange {

    /** "PLJ" and a version, which identify a member among other clients. */
    int MAGIC = 0x504C4A01;

    int NONCE_BYTES = 32;
    int GREETING_BYTES = Integer.BYTES + NONCE_BYTES;
    int ANSWER_BYTES = NONCE_BYTES + JoinKey.MAC_BYTES;

    String CONNECTOR_PROOF = "connector proof";
    String ACCEPTOR_PROOF = "acceptor proof";
    String CONNECTOR_STREAM = "connector stream";
    String ACCEPTOR_STREAM = "acceptor stream";

    SecureRandom RANDOM = new SecureRandom();

    /** Consequence of what was received so far. */
    sealed interface Step {

        /** The message is not complete. */
        record Wait() implements Step {}

        /** Bytes for the other side, which then answers. */
        record Reply(Buffer bytes) implements Step {}

        /**
         * The other side has proved itself.
         *
         * @param last bytes for the other side before the first record; may be empty
         * @param sending seals what this side sends
         * @param receiving opens what the other side sends
         */
        record Proved(Buffer last, SecretKey sending, SecretKey receiving) implements Step {}

        /** The other side is not a member of this cluster. */
        record Refused(String reason) implements Step {}
    }

    /** The most bytes of the other side that belong to the exchange. */
    int incomingBytes();

    /** First bytes for the other side; may be empty. */
    byte[] opening();

    /**
     * Processes more bytes.
     *
     * @param received all bytes of the other side from the first one on; its position does not change
     */
    Step receive(ByteBuffer received);

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private static byte[] slice(ByteBuffer from, int offset, int length) {
        byte[] bytes = new byte[length];
        from.get(from.position() + offset, bytes);
        return bytes;
    }

    /** The connecting side. */
    final class Connector implements JoinExchange {

        private final JoinKey key;
        private final InetSocketAddress acceptor;
        private final byte[] nonce = nonce();

        /** @param acceptor the address of the other side */
        Connector(JoinKey key, InetSocketAddress acceptor) {
            this.key = key;
            this.acceptor = acceptor;
        }

        @Override
        public int incomingBytes() {
            return ANSWER_BYTES;
        }

        @Override
        public byte[] opening() {
            return ByteBuffer.allocate(GREETING_BYTES).putInt(MAGIC).put(nonce).array();
        }

        @Override
        public Step receive(ByteBuffer received) {
            if (received.remaining() < ANSWER_BYTES) {
                return new Step.Wait();
            }
            byte[] theirs = slice(received, 0, NONCE_BYTES);
            byte[] code = slice(received, NONCE_BYTES, JoinKey.MAC_BYTES);
            if (!MessageDigest.isEqual(code, key.code(ACCEPTOR_PROOF, acceptor, nonce, theirs))) {
                return new Step.Refused("it does not prove the cluster's secret");
            }
            return new Step.Proved(
                    Buffer.buffer(key.code(CONNECTOR_PROOF, acceptor, nonce, theirs)),
                    key.stream(CONNECTOR_STREAM, acceptor, nonce, theirs),
                    key.stream(ACCEPTOR_STREAM, acceptor, nonce, theirs));
        }
    }

    /** The accepting side. */
    final class Acceptor implements JoinExchange {

        private static final int INCOMING_BYTES = GREETING_BYTES + JoinKey.MAC_BYTES;

        private final JoinKey key;
        private final InetSocketAddress own;
        private final byte[] nonce = nonce();
        private byte @Nullable [] theirs;

        /** @param own the address to which the other side connected */
        Acceptor(JoinKey key, InetSocketAddress own) {
            this.key = key;
            this.own = own;
        }

        @Override
        public int incomingBytes() {
            return INCOMING_BYTES;
        }

        @Override
        public byte[] opening() {
            return new byte[0];
        }

        @Override
        public Step receive(ByteBuffer received) {
            int compared = Math.min(received.remaining(), Integer.BYTES);
            byte[] magic = ByteBuffer.allocate(Integer.BYTES).putInt(MAGIC).array();
            if (!Arrays.equals(slice(received, 0, compared), Arrays.copyOf(magic, compared))) {
                return new Step.Refused("it is not a member");
            }
            if (received.remaining() < (theirs == null ? GREETING_BYTES : INCOMING_BYTES)) {
                return new Step.Wait();
            }
            return theirs == null ? greet(slice(received, Integer.BYTES, NONCE_BYTES)) : judge(theirs, received);
        }

        private Step greet(byte[] connectorNonce) {
            theirs = connectorNonce;
            return new Step.Reply(
                    Buffer.buffer(nonce).appendBytes(key.code(ACCEPTOR_PROOF, own, connectorNonce, nonce)));
        }

        private Step judge(byte[] connectorNonce, ByteBuffer received) {
            byte[] code = slice(received, GREETING_BYTES, JoinKey.MAC_BYTES);
            if (!MessageDigest.isEqual(code, key.code(CONNECTOR_PROOF, own, connectorNonce, nonce))) {
                return new Step.Refused("it does not prove the cluster's secret");
            }
            return new Step.Proved(
                    Buffer.buffer(),
                    key.stream(ACCEPTOR_STREAM, own, connectorNonce, nonce),
                    key.stream(CONNECTOR_STREAM, own, connectorNonce, nonce));
        }
    }
}

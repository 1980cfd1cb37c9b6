package chat.parlance.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Key with which members of one cluster prove themselves to each other, and from which the keys of each connection are
 * derived.
 */
final class JoinKey {

    static final int MAC_BYTES = 32;

    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES";
    private static final String PURPOSE = "hazelcast join";

    /** Changes with each change of the exchange or of the records after it. */
    private static final byte VERSION = 1;

    private final SecretKey key;
    private final byte[] clusterName;

    JoinKey(ClusterSecret secret, String clusterName) {
        this.key = new SecretKeySpec(secret.derive(PURPOSE, MAC_BYTES), MAC);
        this.clusterName = clusterName.getBytes(UTF_8);
    }

    /**
     * Computes the code of one label over the nonces of both sides.
     *
     * @param label of one side and use alone, so that no code can be sent back to the side that computed it
     * @param acceptor the address of the accepting side, so that no third party can relay the exchange to another
     *     member
     */
    byte[] code(String label, InetSocketAddress acceptor, byte[] connectorNonce, byte[] acceptorNonce) {
        byte[] port =
                ByteBuffer.allocate(Integer.BYTES).putInt(acceptor.getPort()).array();
        List<byte[]> parts = List.of(
                label.getBytes(UTF_8),
                clusterName,
                acceptor.getAddress().getAddress(),
                port,
                connectorNonce,
                acceptorNonce);
        Mac mac = mac();
        mac.update(VERSION);
        for (byte[] part : parts) {
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** A 256-bit AES key for the data of one side on one connection. */
    SecretKey stream(String label, InetSocketAddress acceptor, byte[] connectorNonce, byte[] acceptorNonce) {
        return new SecretKeySpec(code(label, acceptor, connectorNonce, acceptorNonce), CIPHER);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK lacks " + MAC, missing);
        }
    }
}

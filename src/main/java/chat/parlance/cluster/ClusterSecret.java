package chat.parlance.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.error.StartupException;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Secret that the nodes of one cluster share, from which each purpose derives its key (HKDF with SHA-256, RFC 5869): a
 * leaked key reveals neither the secret nor the other keys.
 */
public final class ClusterSecret {

    private static final String ALGORITHM = "HKDF-SHA256";
    private static final int MIN_BYTES = 32;
    private static final byte[] SALT = "parlance cluster".getBytes(UTF_8);

    private final byte[] material;

    /**
     * Takes the shared secret.
     *
     * @param material of at least 32 bytes
     * @throws StartupException when it is shorter
     */
    public ClusterSecret(String material) {
        this.material = material.getBytes(UTF_8);
        if (this.material.length < MIN_BYTES) {
            throw new StartupException(
                    "a cluster needs a cluster.secret or an auth.key of at least %d bytes".formatted(MIN_BYTES));
        }
    }

    /**
     * Derives a key; the same purpose gives the same key on every node.
     *
     * @param lengthBytes at most 8,160
     */
    byte[] derive(String purpose, int lengthBytes) {
        try {
            return KDF.getInstance(ALGORITHM)
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(material)
                            .addSalt(SALT)
                            .thenExpand(purpose.getBytes(UTF_8), lengthBytes));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK lacks " + ALGORITHM, missing);
        }
    }
}

package chat.parlance.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** Rotation of the key that signs access tokens. */
public final class KeyRotation {

    /** Longest lifetime of an access token, with a minute for clocks that differ. */
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(AuthSettings.Lifetimes.MAX_ACCESS_TOKEN_SECONDS + 60);

    private static final int KID_BYTES = 8;
    private static final int SALT_BYTES = 32;

    private final SigningKeyStore store;
    private final SecureRandom random = new SecureRandom();

    public KeyRotation(SigningKeyStore store) {
        this.store = store;
    }

    /** Stores a new key, and returns its id. Tokens of the keys before are valid until they expire. */
    public Future<String> rotate() {
        String kid = HexFormat.of().formatHex(bytes(KID_BYTES));
        return store.rotate(kid, Buffer.buffer(bytes(SALT_BYTES)), TOKEN_LIFE).map(kid);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}

package chat.parlance.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.error.StartupException;
import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signing key, encrypted with a passphrase: AES-256-GCM under a key of Argon2id (RFC 9106, 4). The tag also
 * authenticates the list of checksums, so that who has the passphrase notices a backup that somebody has changed.
 */
final class SealedKey {

    private static final int MEMORY_KIB = 65_536;
    private static final int ITERATIONS = 3;
    private static final int PARALLELISM = 1;
    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Limits of the cost that a file may ask for. */
    private static final int MAX_MEMORY_KIB = 1_048_576;

    private static final int MAX_ITERATIONS = 20;

    private static final String CIPHER = "AES/GCM/NoPadding";

    private SealedKey() {}

    /** @param checksums what the passphrase authenticates beside the key */
    static JsonObject seal(String signingKey, String passphrase, String checksums) {
        byte[] salt = random(SALT_BYTES);
        byte[] nonce = random(NONCE_BYTES);
        try {
            Cipher cipher =
                    cipher(Cipher.ENCRYPT_MODE, key(passphrase, salt, MEMORY_KIB, ITERATIONS), nonce, checksums);
            return new JsonObject()
                    .put("kdf", "argon2id")
                    .put("memoryKib", MEMORY_KIB)
                    .put("iterations", ITERATIONS)
                    .put("salt", encode(salt))
                    .put("cipher", "AES-256-GCM")
                    .put("nonce", encode(nonce))
                    .put("sealed", encode(cipher.doFinal(signingKey.getBytes(UTF_8))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws StartupException for another passphrase, or other checksums */
    static String open(JsonObject sealed, String passphrase, String checksums) {
        int memoryKib = sealed.getInteger("memoryKib");
        int iterations = sealed.getInteger("iterations");
        if (memoryKib < 1 || memoryKib > MAX_MEMORY_KIB || iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new StartupException("the signing key of the backup is sealed at a cost that no Parlance uses");
        }
        byte[] key = key(passphrase, decode(sealed, "salt"), memoryKib, iterations);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, decode(sealed, "nonce"), checksums);
            return new String(cipher.doFinal(decode(sealed, "sealed")), UTF_8);
        } catch (AEADBadTagException refused) {
            throw new StartupException(
                    "the passphrase is not that of the backup, or somebody has changed the backup; nothing was changed",
                    refused);
        } catch (GeneralSecurityException malformed) {
            throw new StartupException("the signing key of the backup cannot be opened: " + malformed, malformed);
        }
    }

    private static byte[] key(String passphrase, byte[] salt, int memoryKib, int iterations) {
        return Argon2Function.getInstance(memoryKib, iterations, PARALLELISM, KEY_BYTES, Argon2.ID)
                .hash(passphrase.getBytes(UTF_8), salt)
                .getBytes();
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String checksums) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(checksums.getBytes(UTF_8));
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(JsonObject sealed, String name) {
        return Base64.getDecoder().decode(sealed.getString(name));
    }
}

package chat.parlance.cluster;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Records of one direction of a connection between members: a length, and that many bytes of AES-GCM. A record's number
 * is its nonce, so records that are changed, repeated, left out or reordered do not open.
 */
final class RecordCipher {

    static final int LENGTH_BYTES = Integer.BYTES;
    static final int TAG_BYTES = 16;

    /** Limit of the content of one record. */
    static final int MAX_CONTENT_BYTES = 16 << 10;

    static final int MAX_RECORD_BYTES = LENGTH_BYTES + MAX_CONTENT_BYTES + TAG_BYTES;

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;

    private final int mode;
    private final SecretKey key;
    private final Cipher cipher;
    private long number;

    private RecordCipher(int mode, SecretKey key) {
        this.mode = mode;
        this.key = key;
        try {
            this.cipher = Cipher.getInstance(ALGORITHM);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK lacks " + ALGORITHM, missing);
        }
    }

    static RecordCipher sealing(SecretKey key) {
        return new RecordCipher(Cipher.ENCRYPT_MODE, key);
    }

    static RecordCipher opening(SecretKey key) {
        return new RecordCipher(Cipher.DECRYPT_MODE, key);
    }

    /**
     * Seals one record.
     *
     * @param content read to its end; at most {@link #MAX_CONTENT_BYTES}
     * @param to has room for the record
     */
    void seal(ByteBuffer content, ByteBuffer to) throws GeneralSecurityException {
        int length = content.remaining() + TAG_BYTES;
        to.putInt(length);
        begin(length);
        cipher.doFinal(content, to);
    }

    /**
     * Opens one record.
     *
     * @param sealed the record after its length
     * @param to has room for the content
     * @throws GeneralSecurityException when the record is not the one that was sealed at this place
     */
    void open(ByteBuffer sealed, ByteBuffer to) throws GeneralSecurityException {
        begin(sealed.remaining());
        cipher.doFinal(sealed, to);
    }

    private void begin(int length) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putLong(NONCE_BYTES - Long.BYTES, number++)
                .array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(ByteBuffer.allocate(LENGTH_BYTES).putInt(length).flip());
    }
}

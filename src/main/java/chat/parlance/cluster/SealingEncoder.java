package chat.parlance.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import com.hazelcast.internal.nio.IOUtil;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Seals the data for another member into records. */
final class SealingEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {

    /** Records of one write to the socket. */
    private static final int RECORDS = 4;

    private final RecordCipher cipher;

    SealingEncoder(RecordCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public void handlerAdded() {
        initDstBuffer(RECORDS * RecordCipher.MAX_RECORD_BYTES);
    }

    @Override
    public HandlerStatus onWrite() throws GeneralSecurityException {
        IOUtil.compactOrClear(dst);
        try {
            while (src.hasRemaining()) {
                int length = Math.min(src.remaining(), RecordCipher.MAX_CONTENT_BYTES);
                if (dst.remaining() < RecordCipher.LENGTH_BYTES + length + RecordCipher.TAG_BYTES) {
                    return HandlerStatus.DIRTY;
                }
                cipher.seal(src.slice(src.position(), length), dst);
                src.position(src.position() + length);
            }
            return HandlerStatus.CLEAN;
        } finally {
            dst.flip();
        }
    }
}

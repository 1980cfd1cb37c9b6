package chat.parlance.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.nio.IOUtil;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Opens the records of another member; nothing of a record that does not open is passed on. */
final class OpeningDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {

    /** Records of one read from the socket. */
    private static final int RECORDS = 4;

    private final RecordCipher cipher;

    OpeningDecoder(RecordCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public void handlerAdded() {
        initSrcBuffer(RECORDS * RecordCipher.MAX_RECORD_BYTES);
    }

    /** A member that is gone is no error worth a stack trace, because its removal is logged. */
    @Override
    public void interceptError(Throwable error) throws EOFException {
        if (error instanceof IOException) {
            throw new EOFException(error.toString());
        }
    }

    @Override
    public HandlerStatus onRead() throws GeneralSecurityException {
        src.flip();
        try {
            while (src.remaining() >= RecordCipher.LENGTH_BYTES) {
                int length = src.getInt(src.position());
                if (length < RecordCipher.TAG_BYTES
                        || length > RecordCipher.MAX_CONTENT_BYTES + RecordCipher.TAG_BYTES) {
                    throw new GeneralSecurityException("a record of " + length + " bytes");
                }
                if (src.remaining() < RecordCipher.LENGTH_BYTES + length) {
                    return HandlerStatus.CLEAN;
                }
                if (dst.remaining() < length) {
                    return HandlerStatus.DIRTY;
                }
                cipher.open(src.slice(src.position() + RecordCipher.LENGTH_BYTES, length), dst);
                src.position(src.position() + RecordCipher.LENGTH_BYTES + length);
            }
            return HandlerStatus.CLEAN;
        } finally {
            IOUtil.compactOrClear(src);
        }
    }
}

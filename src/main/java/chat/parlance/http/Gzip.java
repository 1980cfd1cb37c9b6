package chat.parlance.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** The gzip file format (RFC 1952), with a comment of a chosen length, for which the JDK has no writer. */
final class Gzip {

    /** Level of DEFLATE: higher ones take twice as long and save a hundredth more. */
    private static final int LEVEL = 4;

    private static final int BUFFER_BYTES = 4096;
    private static final int TRAILER_BYTES = 8;
    private static final byte FLAG_COMMENT = 0x10;
    private static final byte UNKNOWN_SYSTEM = (byte) 0xFF;
    private static final byte[] HEADER = {
        0x1F, (byte) 0x8B, Deflater.DEFLATED, FLAG_COMMENT, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM
    };

    private Gzip() {}

    /** @param padding length of the comment, which decoders skip, in bytes */
    static byte[] compress(byte[] plain, int padding) {
        Deflater deflater = new Deflater(LEVEL, true);
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream(plain.length / 2 + BUFFER_BYTES);
        try {
            gzipped.write(HEADER);
            gzipped.write("-".repeat(padding).getBytes(StandardCharsets.ISO_8859_1));
            gzipped.write(0);
            DeflaterOutputStream deflated = new DeflaterOutputStream(gzipped, deflater, BUFFER_BYTES);
            deflated.write(plain);
            deflated.finish();
            gzipped.write(trailer(plain));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return gzipped.toByteArray();
    }

    private static byte[] trailer(byte[] plain) {
        CRC32 checksum = new CRC32();
        checksum.update(plain);
        return ByteBuffer.allocate(TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .putInt(plain.length)
                .array();
    }
}

package chat.parlance.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BusWriter} wrote. A malformed or forged message fails with an unchecked exception and has no
 * effect: lengths are checked against the remaining bytes before anything is allocated.
 */
public final class BusReader {

    /** Initial capacity for a list of usual length; a longer one grows with the elements that were read. */
    private static final int INITIAL_CAPACITY = 256;

    private final Buffer buffer;
    private int position;

    public BusReader(Buffer buffer, int position) {
        this.buffer = buffer;
        this.position = position;
    }

    public long number() {
        long value = buffer.getLong(position);
        position += Long.BYTES;
        return value;
    }

    public String string() {
        int length = length();
        String value = buffer.getString(position, position + length, StandardCharsets.UTF_8.name());
        position += length;
        return value;
    }

    public @Nullable String optionalString() {
        if (buffer.getInt(position) != BusWriter.NONE) {
            return string();
        }
        position += Integer.BYTES;
        return null;
    }

    public @Nullable Long optionalSeq() {
        long value = number();
        return value == 0 ? null : value;
    }

    /** A number in this range. */
    public long number(long min, long max) {
        long value = number();
        if (value < min || value > max) {
            throw new IllegalArgumentException("number " + value);
        }
        return value;
    }

    /** Ends a message; fails when bytes are left. */
    public void end() {
        if (position != buffer.length()) {
            throw new IllegalArgumentException("more than the message");
        }
    }

    public <T> List<T> list(Function<BusReader, T> element) {
        return list(Integer.MAX_VALUE, element);
    }

    /** @param maxSize the most elements; a message with more is malformed */
    public <T> List<T> list(int maxSize, Function<BusReader, T> element) {
        int size = length();
        if (size > maxSize) {
            throw new IllegalArgumentException("list of " + size);
        }
        List<T> values = new ArrayList<>(Math.min(size, INITIAL_CAPACITY));
        for (int i = 0; i < size; i++) {
            values.add(element.apply(this));
        }
        return values;
    }

    private int length() {
        int length = buffer.getInt(position);
        position += Integer.BYTES;
        if (length < 0 || length > buffer.length() - position) {
            throw new IllegalArgumentException("length " + length);
        }
        return length;
    }
}

package chat.parlance.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the binary form of bus messages: numbers as 8 bytes, strings and lists behind a length of 4 bytes. */
public final class BusWriter {

    /** Length of a missing value. */
    static final int NONE = -1;

    private final Buffer buffer;

    public BusWriter(Buffer buffer) {
        this.buffer = buffer;
    }

    public void number(long value) {
        buffer.appendLong(value);
    }

    public void string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    /** A string, or null. */
    public void optionalString(@Nullable String value) {
        if (value == null) {
            buffer.appendInt(NONE);
        } else {
            string(value);
        }
    }

    /** A seq, which is more than 0, or null. */
    public void optionalSeq(@Nullable Long value) {
        number(value == null ? 0 : value);
    }

    public <T> void list(Collection<T> values, Consumer<T> element) {
        buffer.appendInt(values.size());
        values.forEach(element);
    }
}

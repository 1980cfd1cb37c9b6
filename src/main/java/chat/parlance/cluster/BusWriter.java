package chat.parlance.cluster;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;

/** Writes the binary form of bus messages: numbers as 8 bytes, strings and lists behind a length of 4 bytes. */
public final class BusWriter {

    private final Buffer buffer;

    BusWriter(Buffer buffer) {
        this.buffer = buffer;
    }

    public void number(long value) {
        buffer.appendLong(value);
    }

    public void string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    public <T> void list(Collection<T> values, Consumer<T> element) {
        buffer.appendInt(values.size());
        values.forEach(element);
    }
}

package chat.parlance.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Encoding and lifetime of frames that go to many connections. */
final class SharedFramesTest {

    private final List<ByteBuf> framed = new ArrayList<>();
    private final SharedFrames frames = new SharedFrames(this::frame);
    private int encoded;

    @Test
    void shouldEncodeAMessageOnceForManyConnections() {
        Object message = new Object();
        ByteBuf first = frames.of(message, this::encode);
        ByteBuf second = frames.of(message, this::encode);
        assertThat(encoded).isEqualTo(1);
        assertThat(first.toString(StandardCharsets.UTF_8)).isEqualTo("message 1");
        first.skipBytes(first.readableBytes());
        assertThat(second.toString(StandardCharsets.UTF_8)).isEqualTo("message 1");
    }

    @Test
    void shouldKeepAFrameUntilItIsWrittenToAllAndAnotherComes() {
        ByteBuf written = frames.of(new Object(), this::encode);
        ByteBuf waiting = frames.of(new Object(), this::encode);
        assertThat(framed.getFirst().refCnt()).as("held by its write alone").isEqualTo(1);
        written.release();
        assertThat(framed.getFirst().refCnt()).isZero();
        waiting.release();
        assertThat(framed.getLast().refCnt()).as("held for the next connection").isEqualTo(1);
        frames.clear();
        assertThat(framed.getLast().refCnt()).isZero();
    }

    private byte[] encode() {
        encoded++;
        return ("message " + encoded).getBytes(StandardCharsets.UTF_8);
    }

    private ByteBuf frame(byte[] text) {
        ByteBuf frame = Unpooled.copiedBuffer(text);
        framed.add(frame);
        return frame;
    }
}

package chat.parlance.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BusFramesTest {

    private static final int MAX_FRAME_BYTES = 2 << 20;
    private static final int BUFFER = BusWire.CODEC_BUFFER;

    private final AtomicInteger refused = new AtomicInteger();
    private final EmbeddedChannel connection =
            new EmbeddedChannel(new BusFrames(MAX_FRAME_BYTES, new PeerRefusals(new Refused(), System::nanoTime)));

    @Test
    void shouldPassFramesOfNodesInAnyPieces() {
        byte[] append = "body".getBytes(UTF_8);
        ByteBuf stream = Unpooled.buffer();
        List<ByteBuf> frames = List.of(
                BusWire.frame(BUFFER, "", "parlance.events.n1", zeros(10)),
                BusWire.frame(BusWire.CODEC_PING, "", "__vertx_ping", new byte[0]),
                BusWire.frame(-1, "parlance.append.request", "parlance.append", append),
                BusWire.frame(-1, "parlance.append.reply", "__vertx.reply.1", append),
                BusWire.frame(BusWire.CODEC_FAILURE, "", "__vertx.reply.2", failure("late")),
                BusWire.frame(BusWire.CODEC_FAILURE, "", "__vertx.reply.2", failure(null)));
        frames.forEach(frame -> stream.writeBytes(frame.duplicate()));
        Random random = new Random(1);
        while (stream.isReadable()) {
            connection.writeInbound(stream.readBytes(Math.min(stream.readableBytes(), 1 + random.nextInt(30))));
        }
        for (ByteBuf frame : frames) {
            assertThat(connection.<ByteBuf>readInbound()).isEqualTo(frame);
        }
        assertThat(refused).hasValue(0);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void shouldPassTheLongestFrameAndEndTheConnectionAtALongerOneBeforeItComes() {
        ByteBuf envelope = BusWire.frame(BUFFER, "", "parlance.events.n1", zeros(0));
        ByteBuf longest = BusWire.frame(
                BUFFER, "", "parlance.events.n1", zeros(MAX_FRAME_BYTES + Integer.BYTES - envelope.readableBytes()));
        assertThat(longest.getInt(0)).isEqualTo(MAX_FRAME_BYTES);
        connection.writeInbound(longest.retainedDuplicate());
        assertThat(connection.<ByteBuf>readInbound()).isEqualTo(longest);

        connection.writeInbound(Unpooled.buffer().writeInt(MAX_FRAME_BYTES + 1));
        assertThat(connection.isOpen()).isFalse();
        assertThat(refused).hasValue(1);
    }

    @Test
    void shouldEndTheConnectionAtForgedLengths() {
        for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            EmbeddedChannel forger = new EmbeddedChannel(
                    new BusFrames(MAX_FRAME_BYTES, new PeerRefusals(new Refused(), System::nanoTime)));
            forger.writeInbound(Unpooled.buffer().writeInt(length));
            assertThat(forger.isOpen()).isFalse();
        }
        assertThat(refused).hasValue(3);
    }

    @Test
    void shouldDropFramesThatNoNodeSends() {
        byte[] forgedLength = Buffer.buffer().appendInt(Integer.MAX_VALUE).getBytes();
        byte[] forgedFailure = Buffer.buffer()
                .appendByte((byte) 0)
                .appendInt(1)
                .appendByte((byte) 1)
                .appendInt(Integer.MAX_VALUE)
                .getBytes();
        List<ByteBuf> forged = List.of(
                Unpooled.buffer().writeInt(0),
                Unpooled.buffer().writeInt(3).writeMedium(0x02ff00),
                BusWire.frame(BusWire.CODEC_SERIALIZED, "", "parlance.rooms", zeros(0)),
                BusWire.frame(BusWire.CODEC_JSON, "", "parlance.rooms", zeros(0)),
                BusWire.frame(99, "", "parlance.rooms", zeros(0)),
                BusWire.frame(BUFFER, "", "parlance.append", zeros(0)),
                BusWire.frame(BUFFER, "", "elsewhere", zeros(0)),
                BusWire.frame(-1, "strangers.codec", "parlance.append", zeros(0)),
                BusWire.frame(-1, "parlance.append.request", "parlance.rooms", zeros(0)),
                BusWire.frame(BUFFER, "", "parlance.rooms", forgedLength),
                BusWire.frame(BUFFER, "", "parlance." + "x".repeat(1000), zeros(0)),
                BusWire.frame(BusWire.CODEC_FAILURE, "", "__vertx.reply.1", forgedFailure));
        forged.forEach(connection::writeInbound);
        assertThat(connection.<ByteBuf>readInbound()).isNull();
        assertThat(refused).hasValue(forged.size());
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void shouldSurviveEveryCutAndEveryChangedByte() {
        byte[] good = new byte
                [BusWire.frame(BUFFER, "", "parlance.events.n1", zeros(10)).readableBytes()];
        BusWire.frame(BUFFER, "", "parlance.events.n1", zeros(10)).readBytes(good);
        for (int i = 0; i < good.length; i++) {
            for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
                byte[] changed = good.clone();
                changed[i] = (byte) value;
                BusEnvelope.check(Unpooled.wrappedBuffer(changed));
            }
            BusEnvelope.check(Unpooled.wrappedBuffer(good, 0, i));
        }
    }

    private static byte[] zeros(int bytes) {
        return BusWire.sized(new byte[bytes]);
    }

    private static byte[] failure(String message) {
        Buffer body = Buffer.buffer();
        CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC.encodeToWire(
                body, new ReplyException(ReplyFailure.TIMEOUT, 7, message));
        return body.getBytes();
    }

    private final class Refused implements PeerMeters {

        @Override
        public void sent(PeerTraffic traffic, int bytes) {}

        @Override
        public void dropped(PeerTraffic traffic, int bytes) {}

        @Override
        public void delivered(DeliveryPath path, long lagMs) {}

        @Override
        public void refused(PeerRefusal of) {
            refused.incrementAndGet();
        }
    }
}

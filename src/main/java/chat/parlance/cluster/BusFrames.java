package chat.parlance.cluster;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Limit on the frames of the event bus, whose own parser would buffer as many bytes as a length says. A longer frame
 * closes the connection before any of it is buffered; a frame that no node sends is dropped.
 */
final class BusFrames extends LengthFieldBasedFrameDecoder {

    private final PeerRefusals refusals;

    BusFrames(int maxFrameBytes, PeerRefusals refusals) {
        super(maxFrameBytes + Integer.BYTES, 0, Integer.BYTES);
        this.refusals = refusals;
    }

    @Override
    protected @Nullable Object decode(ChannelHandlerContext context, ByteBuf in) throws Exception {
        ByteBuf frame = (ByteBuf) super.decode(context, in);
        if (frame == null) {
            return null;
        }
        String broken = BusEnvelope.check(frame);
        if (broken == null) {
            return frame;
        }
        frame.release();
        refusals.refused(PeerRefusal.FRAMES, broken);
        return null;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // A failed close means that the connection is closed already.
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException) {
            refusals.refused(PeerRefusal.FRAMES, String.valueOf(cause.getMessage()));
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}

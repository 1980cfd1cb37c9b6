package chat.parlance.websocket;

import chat.parlance.connection.Channel;
import chat.parlance.connection.ConnectionLimits;
import chat.parlance.connection.ConnectionMeters;
import chat.parlance.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one WebSocket, below Vert.x's own handler, which is lax about RFC 6455 (no UTF-8 check, wrong
 * close codes) and keeps two queues a connection that are not needed here. {@link FrameDecoder} checks frames and
 * messages as they arrive; this class answers violations with their close code, puts fragments together, answers pings,
 * and bounds the bytes queued for a slow reader. Belongs to one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty futures: a failed write closes the channel
// channelInactive.
final class FrameChannel extends ChannelInboundHandlerAdapter implements Channel, SlowReaders.Reader {

    /** Bytes that Netty holds for the peer. Netty's water marks decide if the channel is writable. */
    private record Pending(io.netty.channel.Channel channel) implements OutboundQueue.Outlet {

        @Override
        public long pendingBytes() {
            ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
            return pending == null ? 0 : pending.totalPendingWriteBytes();
        }

        @Override
        public boolean isWritable() {
            return channel.isWritable();
        }
    }

    private static final String VERTX_HANDLER = "handler";
    private static final String DECODER = "frame-decoder";
    private static final String HANDLER = "frames";
    private static final int CLOSE_TIMEOUT_MS = 2000;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    /** Ping frame without content (RFC 6455, 5.5.2), the same bytes for all. */
    private static final ByteBuf PING = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(2).writeByte(0x89).writeByte(0).asReadOnly());

    private final ContextInternal context;
    private final ConnectionLimits limits;
    private final ConnectionMeters meters;
    private final Flusher flusher;
    private final io.netty.channel.Channel socket;
    private final OutboundQueue outbound;

    /** Kept, because a closed socket has none. */
    private final @Nullable SocketAddress peer;

    private @Nullable Listener listener;
    private @Nullable ByteBuf message;
    private int pings;
    private long pingsSinceNs = System.nanoTime();
    private boolean unflushed;

    /** The write of the close frame, null until there is one. */
    private @Nullable ChannelFuture closing;

    private boolean closed;

    private FrameChannel(
            ContextInternal context,
            ConnectionLimits limits,
            ConnectionMeters meters,
            Flusher flusher,
            io.netty.channel.Channel socket) {
        this.context = context;
        this.limits = limits;
        this.meters = meters;
        this.flusher = flusher;
        this.socket = socket;
        this.peer = socket.remoteAddress();
        this.outbound =
                new OutboundQueue(new Pending(socket), limits.messages().outboundLimitBytes(), context::dispatch);
    }

    /**
     * Takes over the channel of a connection after its upgrade, on its event loop. Vert.x's own objects of the
     * connection, its request and its WebSocket are left to the garbage collector: they are larger than all that an
     * idle connection needs.
     */
    static FrameChannel of(HttpConnection upgraded, ConnectionLimits limits, ConnectionMeters meters, Flusher flusher) {
        io.netty.channel.Channel socket =
                ((ConnectionBase) upgraded).channelHandlerContext().channel();
        ChannelPipeline pipeline = socket.pipeline();
        // The context of the event loop; the current one belongs to the request.
        ContextInternal loop = ContextInternal.current().unwrap();
        FrameChannel channel = new FrameChannel(loop, limits, meters, flusher, socket);
        pipeline.replace(WebSocket13FrameDecoder.class, DECODER, new FrameDecoder(limits.messages()));
        pipeline.replace(VERTX_HANDLER, HANDLER, channel);
        // HTTP's idle timeout is not for WebSockets, which have pings.
        if (pipeline.get("idle") != null) {
            pipeline.remove("idle");
        }
        return channel;
    }

    @Override
    public void listen(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void send(byte[] text) {
        write(TextFrame.of(text));
    }

    @Override
    public void write(ByteBuf frame) {
        if (!isOpen()) {
            frame.release();
            return;
        }
        if (outbound.isFull()) {
            frame.release();
            close(CloseCode.SLOW);
            return;
        }
        writeLater(frame);
    }

    /** Writes bytes that the flusher sends at the end of this turn, with all others of the turn. */
    private void writeLater(ByteBuf frame) {
        socket.write(frame, socket.voidPromise());
        if (!unflushed) {
            unflushed = true;
            flusher.add(this);
        }
    }

    @Override
    public String peer() {
        return String.valueOf(peer).replaceFirst("^[^/]*/", "");
    }

    @Override
    public long queuedBytes() {
        return closed ? 0 : outbound.pendingBytes();
    }

    @Override
    public Future<Void> writable() {
        return outbound.writable();
    }

    void flush() {
        unflushed = false;
        if (!closed) {
            socket.flush();
        }
    }

    @Override
    public void ping() {
        if (isOpen()) {
            writeLater(PING.duplicate());
        }
    }

    /**
     * Sends the close code. An orderly close waits for the close frame of the peer, until the timeout; after a violation
     * the connection ends at once.
     */
    @Override
    public void close(CloseCode code) {
        if (!isOpen()) {
            return;
        }
        meters.cut(code);
        pauseReading(false);
        ChannelFuture written = writeClose(new CloseWebSocketFrame(code.code(), code.reason()));
        if (code.isViolation()) {
            written.addListener(sent -> hangUp());
        }
    }

    /** Writes the only close frame. The channel is closed after the timeout, even if the peer reads nothing. */
    private ChannelFuture writeClose(CloseWebSocketFrame frame) {
        ChannelFuture written = socket.writeAndFlush(frame);
        closing = written;
        message = null;
        socket.eventLoop().schedule(() -> socket.close(), CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        return written;
    }

    /**
     * Ends the connection without the peer's close frame (RFC 6455, 7.1.7): sends FIN and drops the bytes that still
     * arrive. Closing the socket at once would reset it when bytes are unread, and a reset can cost the peer the close
     * code.
     */
    private void hangUp() {
        if (socket instanceof DuplexChannel channel && channel.isActive()) {
            channel.shutdownOutput();
        }
        socket.eventLoop().execute(this::end);
    }

    @Override
    public void abort() {
        socket.close();
    }

    @Override
    public boolean isOpen() {
        return closing == null && !closed;
    }

    @Override
    public void pauseReading(boolean paused) {
        socket.config().setAutoRead(!paused);
    }

    @Override
    public void channelRead(ChannelHandlerContext handler, Object received) {
        try {
            if (received instanceof WebSocketFrame frame && (closing == null || frame instanceof CloseWebSocketFrame)) {
                read(frame);
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext handler) {
        outbound.writabilityChanged();
        handler.fireChannelWritabilityChanged();
    }

    /** Closes a connection that is left when the server is shut down. */
    @Override
    public void userEventTriggered(ChannelHandlerContext handler, Object event) {
        if (event instanceof ShutdownEvent) {
            close(CloseCode.DRAIN);
        }
        handler.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext handler) {
        end();
        handler.fireChannelInactive();
    }

    /** Handles a violation of the protocol, or a broken socket. */
    @Override
    public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
        if (cause instanceof CodecException) {
            if (closing == null) {
                close(code(cause));
            } else {
                closing.addListener(sent -> hangUp());
            }
            // After the violation, the following bytes are no frames.
            if (handler.pipeline().get(DECODER) != null) {
                handler.pipeline().remove(DECODER);
            }
        } else {
            socket.close();
        }
    }

    private static CloseCode code(Throwable violation) {
        if (violation instanceof CorruptedWebSocketFrameException corrupted) {
            return Stream.of(CloseCode.INVALID_UTF8, CloseCode.TOO_LARGE, CloseCode.FLOOD)
                    .filter(code -> code.code() == corrupted.closeStatus().code())
                    .findFirst()
                    .orElse(CloseCode.PROTOCOL_ERROR);
        }
        return CloseCode.PROTOCOL_ERROR;
    }

    private void read(WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> readFragment(text);
            case ContinuationWebSocketFrame continuation -> readFragment(continuation);
            case BinaryWebSocketFrame binary -> close(CloseCode.BINARY_REFUSED);
            case PingWebSocketFrame ping -> readPing(ping);
            case PongWebSocketFrame pong -> readPong();
            case CloseWebSocketFrame close -> readClose(close);
            default -> close(CloseCode.PROTOCOL_ERROR);
        }
    }

    private void readFragment(WebSocketFrame frame) {
        ByteBuf content = frame.content();
        if (message == null && frame.isFinalFragment()) {
            emit(content);
            return;
        }
        if (message == null) {
            message = Unpooled.buffer(content.readableBytes());
        }
        message.writeBytes(content);
        if (frame.isFinalFragment()) {
            ByteBuf whole = message;
            message = null;
            emit(whole);
        }
    }

    private void emit(ByteBuf whole) {
        String text = whole.toString(StandardCharsets.UTF_8);
        tell(hearing -> hearing.received(text));
    }

    private void readPing(PingWebSocketFrame ping) {
        if (isAnotherPingAllowed()) {
            socket.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            flusher.sent(this);
        } else {
            close(CloseCode.FLOOD);
        }
    }

    /** Handles a pong. One without a ping is allowed (RFC 6455, 5.5.3), and counts as a ping: it costs as much. */
    private void readPong() {
        if (isAnotherPingAllowed()) {
            tell(Listener::alive);
        } else {
            close(CloseCode.FLOOD);
        }
    }

    private boolean isAnotherPingAllowed() {
        long now = System.nanoTime();
        if (now - pingsSinceNs > SECOND_NS) {
            pingsSinceNs = now;
            pings = 0;
        }
        return ++pings <= limits.pings().maxPingsPerSecond();
    }

    /**
     * Handles the peer's close frame: answers it with the peer's own code, unless it is itself the answer, and then
     * closes the socket.
     */
    private void readClose(CloseWebSocketFrame close) {
        if (closing != null) {
            socket.close();
            return;
        }
        CloseWebSocketFrame answer =
                close.statusCode() < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(close.statusCode(), "");
        writeClose(answer).addListener(sent -> socket.close());
    }

    private void end() {
        if (!closed) {
            closed = true;
            message = null;
            tell(Listener::closed);
        }
    }

    private void tell(Consumer<Listener> said) {
        if (listener != null) {
            context.dispatch(listener, said::accept);
        }
    }
}

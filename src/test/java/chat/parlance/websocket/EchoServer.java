package chat.parlance.websocket;

import chat.parlance.connection.Channel;
import chat.parlance.connection.ConnectionLimits;
import chat.parlance.testing.NoMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;

/**
 * Sends each message back, over the handshake and the {@link FrameChannel} of the product. Binary messages, which a
 * {@code FrameChannel} refuses, are passed as text whose characters are the bytes.
 */
final class EchoServer extends VerticleBase {

    private static final int BINARY_FRAME = 0x82;

    private final ConnectionLimits limits;
    private HttpServer server;
    private Flusher flusher;

    EchoServer(ConnectionLimits limits) {
        this.limits = limits;
    }

    @Override
    public Future<?> start() {
        SlowReaders readers = new SlowReaders(new NoMeters(), limits.messages().outboundLimitBytes());
        flusher = new Flusher(context, readers);
        Router router = Router.router(vertx);
        router.get("/echo").handler(routing -> {
            HandshakeRules.check(routing);
            HttpServerRequest request = routing.request();
            request.toWebSocket().onSuccess(socket -> echo(request));
        });
        server = vertx.createHttpServer(WebSocketVerticle.serverOptions(limits)
                        .setHost("127.0.0.1")
                        .setPort(0))
                .requestHandler(router);
        return server.listen();
    }

    String url() {
        return "ws://127.0.0.1:" + server.actualPort() + "/echo";
    }

    private void echo(HttpServerRequest upgraded) {
        FrameChannel channel = FrameChannel.of(upgraded.connection(), limits, new NoMeters(), flusher);
        BytesAsText bytes = new BytesAsText();
        ((ConnectionBase) upgraded.connection())
                .channelHandlerContext()
                .pipeline()
                .addBefore("frames", "bytes", bytes);
        channel.listen(new Channel.Listener() {

            @Override
            public void received(String text) {
                channel.write(
                        bytes.inMessage
                                ? TextFrame.of(text.getBytes(StandardCharsets.ISO_8859_1))
                                        .setByte(0, BINARY_FRAME)
                                : TextFrame.of(text.getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public void alive() {}

            @Override
            public void closed() {}
        });
    }

    /** Turns each byte of a binary message into a character, over all its fragments. */
    private static final class BytesAsText extends ChannelInboundHandlerAdapter {

        private boolean inMessage;

        @Override
        public void channelRead(ChannelHandlerContext handler, Object received) {
            if (received instanceof TextWebSocketFrame) {
                inMessage = false;
            } else if (received instanceof BinaryWebSocketFrame binary) {
                inMessage = true;
                handler.fireChannelRead(new TextWebSocketFrame(binary.isFinalFragment(), 0, text(handler, binary)));
                return;
            } else if (received instanceof ContinuationWebSocketFrame next && inMessage) {
                handler.fireChannelRead(new ContinuationWebSocketFrame(next.isFinalFragment(), 0, text(handler, next)));
                return;
            }
            handler.fireChannelRead(received);
        }

        private static ByteBuf text(ChannelHandlerContext handler, WebSocketFrame frame) {
            try {
                ByteBuf text = handler.alloc().buffer();
                text.writeCharSequence(frame.content().toString(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                return text;
            } finally {
                frame.release();
            }
        }
    }
}

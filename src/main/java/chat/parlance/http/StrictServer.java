package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.limit.Slot;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * HTTP/1.1 server that refuses requests that proxies and servers could read differently ({@link RequestDecoder}),
 * requests that arrive too slowly ({@link RequestDeadlines}), requests for foreign hosts ({@link Hosts}) and
 * connections beyond a limit. It speaks no HTTP/2 without TLS: an upgrade to HTTP/2 would be a tunnel around the rules
 * of the proxy in front.
 */
public final class StrictServer {

    private static final int MAX_REQUEST_LINE_BYTES = 4096;
    private static final int MAX_HEADERS_BYTES = 8192;

    /** Time in which a connection that was shut down must close; its last answer is written at once. */
    private static final int SHUTDOWN_SECONDS = 1;

    private static final String DECODER = "httpDecoder";
    private static final String VERTX_HANDLER = "handler";

    /**
     * @param requestMs time for the head of a request, and then for its body
     * @param idleSeconds time after which a connection without a request is closed
     */
    public record Timeouts(int requestMs, int idleSeconds) {}

    /**
     * Rules for the connections of a server.
     *
     * @param maxRefusals refusals with 429 on one connection, less the other answers; more close the connection
     * @param hosts hosts that the server serves
     */
    public record Rules(Timeouts timeouts, int maxRefusals, Hosts hosts) {}

    private final HttpServerOptions options;
    private final Rules rules;
    private final Function<String, Slot> slots;

    private StrictServer(HttpServerOptions options, Rules rules, Function<String, Slot> slots) {
        this.options = options;
        this.rules = rules;
        this.slots = slots;
    }

    /**
     * Creates a server, which does not listen yet.
     *
     * @param slots counts a connection by the address of its peer, or throws a {@link ChatException}
     * @param handler handles the valid requests
     */
    public static HttpServer create(
            Vertx vertx,
            HttpServerOptions options,
            Rules rules,
            Function<String, Slot> slots,
            Handler<HttpServerRequest> handler) {
        HttpServerOptions strict = new HttpServerOptions(options)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADERS_BYTES)
                // Netty's handler of WebSocket extensions throws at the 129th request of a pipeline.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                // For answers that the client does not read; RequestDeadlines bounds the rest.
                .setIdleTimeout(rules.timeouts().idleSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return vertx.createHttpServer(strict)
                .connectionHandler(new StrictServer(strict, rules, slots)::accept)
                .invalidRequestHandler(StrictServer::refuse)
                .requestHandler(rules.hosts().guard(handler));
    }

    /**
     * Binds the port.
     *
     * @param port with the keys, for the error of one that cannot be bound
     */
    public static Future<HttpServer> listen(HttpServer server, ListenAddress port) {
        return server.listen().recover(failed -> Future.failedFuture(port.refused(failed)));
    }

    /** Runs an action once the connection is closed, as HTTP or as a WebSocket. */
    public static void whenClosed(HttpConnection connection, Runnable action) {
        channelContext(connection).channel().closeFuture().addListener(closed -> action.run());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A failed close means that the connection is closed already.
    private void accept(HttpConnection connection) {
        ChannelHandlerContext context = channelContext(connection);
        SocketAddress peer = connection.remoteAddress();
        try {
            Slot slot = slots.apply(peer == null ? "gone already" : peer.hostAddress());
            whenClosed(connection, slot::close);
        } catch (ChatException full) {
            context.writeAndFlush(RequestDeadlines.answer(full.code())).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        Channel channel = context.channel();
        RequestDecoder decoder = new RequestDecoder(options);
        Runnable shutDown = () -> {
            decoder.stop();
            connection.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        };
        channel.pipeline().replace(DECODER, DECODER, decoder);
        channel.pipeline()
                .addBefore(
                        VERTX_HANDLER,
                        "deadlines",
                        new RequestDeadlines(rules.timeouts(), new Refusals(rules.maxRefusals()), shutDown));
    }

    /** Answers a request whose head was refused, and closes the connection. */
    private static void refuse(HttpServerRequest request) {
        ErrorCode code = switch (request.decoderResult().cause()) {
            case TooLongHttpLineException tooLong -> ErrorCode.URI_TOO_LONG;
            case TooLongHttpHeaderException tooLarge -> ErrorCode.HEADERS_TOO_LARGE;
            case RequestDecoder.UnsupportedVersionException unsupported -> ErrorCode.VERSION_NOT_SUPPORTED;
            case RequestTarget.MisdirectedException misdirected -> ErrorCode.HOST_REFUSED;
            default -> ErrorCode.BAD_REQUEST;
        };
        HttpServerResponse response = request.response();
        if (!response.closed()) {
            SecurityHeaders.add(response.headers());
            response.headers().set("Connection", "close");
            Problems.answer(response, ProblemDocument.of(code));
        }
    }

    private static ChannelHandlerContext channelContext(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext();
    }
}

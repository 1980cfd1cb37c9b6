package chat.parlance.cluster;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.vertx.core.net.impl.VertxHandler;
import java.net.InetSocketAddress;

/**
 * Gate of the event bus: limits the connections whose peer has not proved itself, and the frames of a peer that has.
 * Before the end of the handshake only its own records are buffered, which TLS limits.
 */
@ChannelHandler.Sharable
final class BusGate extends ChannelInitializer<Channel> {

    /** Limit of connections in the handshake: many times the nodes of a cluster. */
    private static final int HANDSHAKE_LIMIT = 128;

    /** Limit of the close: a peer that does not acknowledge the end of TLS must not hold the connection longer. */
    private static final int CLOSE_TIMEOUT_MS = 500;

    private final ChannelHandler setUp;
    private final int maxFrameBytes;
    private final PeerRefusals refusals;
    private final UnprovenPeers<Channel> handshakes = new UnprovenPeers<>(HANDSHAKE_LIMIT);

    /** @param setUp the handler by which the bus sets up a connection, with TLS */
    BusGate(ChannelHandler setUp, int maxFrameBytes, PeerRefusals refusals) {
        this.setUp = setUp;
        this.maxFrameBytes = maxFrameBytes;
        this.refusals = refusals;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // A failed close means that the connection is closed already.
    protected void initChannel(Channel connection) {
        connection.pipeline().addLast(setUp);
        ChannelHandlerContext tls = connection.pipeline().context(SslHandler.class);
        if (tls == null) {
            connection.close();
            throw new IllegalStateException("the event bus accepted a connection without TLS");
        }
        ((SslHandler) tls.handler()).setCloseNotifyFlushTimeoutMillis(CLOSE_TIMEOUT_MS);
        String address = connection.remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "gone already";
        connection.pipeline().addAfter(tls.name(), "proof", new Proof(address));
        Channel crowdedOut = handshakes.add(address, connection);
        if (crowdedOut != null) {
            crowdedOut.close();
        }
    }

    /** Waits for the end of the handshake; lets the bus set up its handlers, and puts the limit on frames before them. */
    private final class Proof extends ChannelInboundHandlerAdapter {

        private final String address;
        private boolean refused;

        Proof(String address) {
            this.address = address;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
                context.fireUserEventTriggered(event);
                return;
            }
            handshakes.remove(address, context.channel());
            if (!handshake.isSuccess()) {
                refuse(String.valueOf(handshake.cause()));
                context.fireUserEventTriggered(event);
                return;
            }
            context.fireUserEventTriggered(event);
            // Placed after the idle timer, for which each byte of a long frame counts.
            String bus = context.pipeline().context(VertxHandler.class).name();
            context.pipeline().addBefore(bus, "frames", new BusFrames(maxFrameBytes, refusals));
            context.pipeline().remove(this);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            handshakes.remove(address, context.channel());
            refuse("closed in the handshake");
            context.fireChannelInactive();
        }

        private void refuse(String cause) {
            if (!refused) {
                refused = true;
                refusals.refused(PeerRefusal.CONNECTIONS, address + ": " + cause);
            }
        }
    }
}

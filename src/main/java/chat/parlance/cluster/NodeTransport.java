package chat.parlance.cluster;

import chat.parlance.log.Condition;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transport of Vert.x whose servers wait a moment when a connection cannot be accepted, as when the process has no open file
 * left, and log that as one condition. Netty waits too, and logs a stack trace each time.
 */
class NodeTransport extends NioTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(NodeTransport.class);

    private final ChannelHandler failures = new AcceptFailures();

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        bootstrap.handler(failures);
    }

    @Override
    public final String name() {
        return "nio";
    }

    @Override
    public final boolean available() {
        return isAvailable();
    }

    @Override
    public final @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public final io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }

    /** Handler of the channels that listen. */
    @ChannelHandler.Sharable
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        private static final int PAUSE_MS = 1000;

        private final Condition refused =
                Condition.of(LOG, "Connections cannot be accepted", "Connections are accepted again");

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The event loop ends with the channel.
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException)) {
                context.fireExceptionCaught(cause);
                return;
            }
            refused.occurred(String.valueOf(cause.getMessage()));
            ChannelConfig config = context.channel().config();
            if (config.isAutoRead()) {
                config.setAutoRead(false);
                context.channel().eventLoop().schedule(() -> config.setAutoRead(true), PAUSE_MS, TimeUnit.MILLISECONDS);
            }
        }
    }
}

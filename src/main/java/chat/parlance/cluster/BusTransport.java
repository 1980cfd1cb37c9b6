package chat.parlance.cluster;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.net.NetServerOptions;
import java.util.function.UnaryOperator;

/**
 * Transport of Vert.x that puts a gate before the server of the event bus. Vert.x creates that server itself without a
 * way to configure its connections, but requests every server's bootstrap here.
 */
final class BusTransport extends NodeTransport {

    private final EventBusOptions bus;
    private final UnaryOperator<ChannelHandler> gate;

    /**
     * @param bus options that identify the bus's server
     * @param gate wraps the handler that sets up a connection in the gate
     */
    BusTransport(EventBusOptions bus, UnaryOperator<ChannelHandler> gate) {
        this.bus = bus;
        this.gate = gate;
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        if (options.toJson().equals(new NetServerOptions(bus.toJson()).toJson())) {
            bootstrap.childHandler(gate.apply(bootstrap.config().childHandler()));
        }
    }
}

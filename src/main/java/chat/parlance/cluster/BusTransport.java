package chat.parlance.cluster;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.net.NetServerOptions;
import java.util.function.UnaryOperator;

/**
 * Transport of Vert.x that puts a gate before the server of the event bus. Vert.x makes that server itself and lets nobody
 * configure its connections, but every server's bootstrap comes by here.
 */
final class BusTransport extends NodeTransport {

    private final EventBusOptions bus;
    private final UnaryOperator<ChannelHandler> gate;

    /**
     * @param bus the options by which the bus's server is known
     * @param gate makes the gate of the handler that sets up a connection
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

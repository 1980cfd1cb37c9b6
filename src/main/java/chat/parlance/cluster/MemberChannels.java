package chat.parlance.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.EndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.networking.OutboundHandler;
import com.hazelcast.internal.nio.ConnectionType;
import com.hazelcast.internal.nio.IOUtil;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.TcpServerConnection;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Prepares each new connection of Hazelcast: first a {@link JoinExchange}, then packets between members in sealed records.
 * No other protocol is spoken on the port, neither that of Hazelcast's clients nor its text protocols.
 */
final class MemberChannels implements ChannelInitializer {

    private static final EndpointConfig SOCKET_OPTIONS = new EndpointConfig();

    /** Address of a peer that has closed its connection already. */
    private static final InetSocketAddress GONE = InetSocketAddress.createUnresolved("gone-already", 0);

    private final ServerContext context;
    private final JoinKey key;
    private final PendingJoins joins;

    MemberChannels(ServerContext context, JoinKey key, PendingJoins joins) {
        this.context = context;
        this.key = key;
        this.joins = joins;
    }

    @Override
    public void initChannel(Channel channel) {
        IOUtil.setChannelOptions(channel, SOCKET_OPTIONS);
        TcpServerConnection connection = (TcpServerConnection)
                Objects.requireNonNull(channel.attributeMap().get(ServerConnection.class));
        PendingJoins.Peer peer = joins.add(
                channel.remoteSocketAddress() instanceof InetSocketAddress remote ? remote : GONE,
                !channel.isClientMode(),
                reason -> connection.close(reason, null));
        channel.addCloseListener(closed -> lost(closed, peer));
        JoinExchange exchange = channel.isClientMode()
                ? new JoinExchange.Connector(key, (InetSocketAddress) channel.remoteSocketAddress())
                : new JoinExchange.Acceptor(key, (InetSocketAddress) channel.localSocketAddress());
        JoinEncoder encoder = new JoinEncoder(exchange.opening());
        JoinDecoder decoder = new JoinDecoder(
                exchange,
                encoder,
                (self, proved) -> begin(connection, peer, encoder, self, proved),
                reason -> joins.refuse(peer, reason));
        channel.outboundPipeline().addLast(encoder);
        channel.inboundPipeline().addLast(decoder);
    }

    private void begin(
            TcpServerConnection connection,
            PendingJoins.Peer peer,
            JoinEncoder encoder,
            JoinDecoder decoder,
            JoinExchange.Step.Proved proved) {
        if (!joins.prove(peer)) {
            return;
        }
        connection.setConnectionType(ConnectionType.MEMBER);
        OutboundHandler<?, ?>[] outbound = context.createOutboundHandlers(EndpointQualifier.MEMBER, connection);
        InboundHandler<?, ?>[] inbound = context.createInboundHandlers(EndpointQualifier.MEMBER, connection);
        encoder.finish(
                proved.last().getBytes(),
                Stream.concat(
                                Stream.of(outbound),
                                Stream.of(new SealingEncoder(RecordCipher.sealing(proved.sending()))))
                        .toArray(OutboundHandler[]::new));
        connection
                .getChannel()
                .inboundPipeline()
                .replace(
                        decoder,
                        Stream.concat(
                                        Stream.of(new OpeningDecoder(RecordCipher.opening(proved.receiving()))),
                                        Stream.of(inbound))
                                .toArray(InboundHandler[]::new));
    }

    /**
     * Handles a lost connection. While this member joins, it must not retry an address that refused it, as after a
     * failed connection.
     */
    private void lost(Channel channel, PendingJoins.Peer peer) {
        joins.remove(peer);
        if (channel.isClientMode() && !peer.hasProved()) {
            context.onFailedConnection((Address) channel.attributeMap().get(Address.class));
        }
    }
}

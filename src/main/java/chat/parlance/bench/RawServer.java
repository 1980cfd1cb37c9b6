package chat.parlance.bench;

import chat.parlance.error.StartupException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

/**
 * Minimal WebSocket server on Netty, as a measure for the node: it answers the handshake, pings each connection as
 * often as a node does, and ignores whatever arrives. {@code parlance bench raw} runs it until its input ends, so that
 * it never outlives the bench.
 */
@Command(name = "raw", hidden = true, description = "Run the server that the benches compare with.")
final class RawServer implements Callable<Integer> {

    /** The process of a started server. */
    record Started(Process jvm, String address) implements AutoCloseable {

        MeasuredProcess process() {
            return new MeasuredProcess(jvm.toHandle());
        }

        @Override
        public void close() {
            jvm.destroy();
        }
    }

    private static final String READY = "listens on ";
    private static final int PING_INTERVAL_MS = 6000;
    private static final int MAX_REQUEST_BYTES = 8192;
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?im)^sec-websocket-key: *(\\S+)");
    private static final String END_OF_REQUEST = "\r\n\r\n";
    private static final ByteBuf PING = Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(2).writeByte(0x89).writeByte(0))
            .asReadOnly();

    static Started start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(BenchNode.jvmOptions());
        command.addAll(List.of("-jar", BenchNode.jar().toString(), "bench", "raw"));
        Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = jvm.inputReader();
        String line = output.readLine();
        if (line == null || !line.startsWith(READY)) {
            jvm.destroy();
            throw new StartupException("the raw server did not start: " + line);
        }
        return new Started(jvm, line.substring(READY.length()));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        System.out.println(READY + listen(loops));
        while (System.in.read() >= 0) {
            // Only the end of the input counts.
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        return 0;
    }

    /** Binds a free port, and returns its address. */
    static String listen(EventLoopGroup loops) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new RawConnection());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        InetSocketAddress bound = (InetSocketAddress) server.localAddress();
        return bound.getAddress().getHostAddress() + ":" + bound.getPort();
    }

    /** One connection: a handshake, then pings. */
    @SuppressWarnings("FutureReturnValueIgnored") // A failed write or close is that of a connection that is gone.
    private static final class RawConnection extends SimpleChannelInboundHandler<ByteBuf> {

        private StringBuilder request = new StringBuilder();
        private boolean upgraded;

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf received) {
            if (upgraded) {
                return;
            }
            request.append(received.toString(StandardCharsets.US_ASCII));
            Matcher key = KEY.matcher(request);
            if (request.length() > MAX_REQUEST_BYTES) {
                context.close();
            } else if (request.indexOf(END_OF_REQUEST) >= 0 && key.find()) {
                upgraded = true;
                String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(key.group(1)) + END_OF_REQUEST;
                request = new StringBuilder(0);
                context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII));
                context.executor()
                        .scheduleAtFixedRate(
                                () -> context.writeAndFlush(PING.duplicate()),
                                PING_INTERVAL_MS,
                                PING_INTERVAL_MS,
                                TimeUnit.MILLISECONDS);
            }
        }

        private static String accept(String key) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-1")
                        .digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(hash);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}

package chat.parlance.testing;

import chat.parlance.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** HAProxy with {@code conf/haproxy.cfg}, on loopback, in front of nodes on loopback ports instead of containers. */
public final class Balancer implements AutoCloseable {

    /** Installed by src/build/ensure-proxies if possible. */
    private static final Path PROGRAM = Path.of("target/haproxy/run").toAbsolutePath();

    private static final Path LOG = PROGRAM.resolveSibling("log");
    private static final String BIND = "bind :8080";
    private static final String STATISTICS = "stats socket ipv4@127.0.0.1:8404 ";
    private static final String SERVERS = "server-template node- 20 chat:8080 check port 8081 ";
    private static final String BY_NAME = "resolvers docker init-addr none ";

    private final ProxyProcess process;
    private final int port;

    private Balancer(ProxyProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Addresses of a node: for its clients, and for its health. */
    public record Server(int httpPort, int managementPort) {

        public static Server of(Node node) {
            return new Server(node.httpPort(), node.managementPort());
        }
    }

    /** True when HAProxy is installed. */
    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /** Starts it; when this returns it accepts clients. */
    public static Balancer start(Server... servers) {
        int port = Ports.free();
        try {
            Path file = Files.createTempFile("haproxy", ".cfg");
            try {
                Files.writeString(file, configuration(port, List.of(servers)));
                List<String> command = List.of(PROGRAM.toString(), "-db", "-f", file.toString());
                return new Balancer(ProxyProcess.start(command, LOG, port), port);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The shipped configuration, with other addresses of itself and its servers. */
    private static String configuration(int port, List<Server> servers) throws IOException {
        return Files.readString(Path.of("conf/haproxy.cfg"))
                .lines()
                .filter(line -> !line.contains(STATISTICS))
                .map(line -> line.contains(SERVERS)
                        ? servers(line.strip(), servers)
                        : line.replace(BIND, "bind 127.0.0.1:" + port))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String servers(String template, List<Server> servers) {
        String options = template.replace(SERVERS, "").replace(BY_NAME, "");
        return IntStream.range(0, servers.size())
                .mapToObj(i -> "  server node-%d 127.0.0.1:%d check port %d %s"
                        .formatted(i, servers.get(i).httpPort(), servers.get(i).managementPort(), options))
                .collect(Collectors.joining("\n"));
    }

    public int port() {
        return port;
    }

    /** Address for clients. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}

package chat.parlance.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.testing.Counters;
import chat.parlance.testing.Listeners;
import chat.parlance.testing.NamedCluster;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Shell;
import chat.parlance.testing.TestNode;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections to a node's Hazelcast port without the cluster's secret receive nothing, and cost nothing. */
final class StrangersIT {

    private static final int PORT = 5701;
    private static final int SILENT = 400;
    private static final int STREAM_BYTES = 100 << 20;
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int CLOSE_TIMEOUT_MS = 20_000;
    private static final long HEAP_SLACK_BYTES = 8 << 20;
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private static final NamedCluster NODES = new NamedCluster(Map.of());
    private static String name;
    private static String node;
    private static NamedCluster.Member member;

    @BeforeAll
    static void start() {
        NODES.resolve(1, List.of(1));
        NODES.start(List.of(1));
        member = NODES.member(1);
        node = NODES.addressOf(1);
        name = NODES.name();
    }

    @AfterAll
    static void stop() {
        NODES.close();
    }

    @AfterEach
    void shouldStillServeAndHaveNoPeer() {
        assertThat(Counters.of(member.management(), "parlance_peers")).isZero();
        Rest.logIn(member.process().address(), "alice");
    }

    @Test
    void shouldListenOnTheAddressOfTheClusterAlone() {
        List<InetSocketAddress> listening = Listeners.of(member.process().pid());
        assertThat(listening)
                .anyMatch(one -> one.getPort() == PORT)
                .allSatisfy(one -> assertThat(one.getAddress().getHostAddress()).isIn(node, "127.0.0.1"))
                .filteredOn(one -> one.getAddress().getHostAddress().equals(node))
                .as("Hazelcast and the bus")
                .hasSize(2);
        assertThatThrownBy(() -> new Socket(NODES.addressOf(2), PORT).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldNotLetAMemberJoinThatKnowsOnlyTheName() {
        Config config = new Config();
        config.setClusterName(name);
        config.setProperty("hazelcast.local.localAddress", NODES.addressOf(2));
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember(node + ":" + PORT);
        HazelcastInstance rogue = Hazelcast.newHazelcastInstance(config);
        try {
            assertThat(rogue.getCluster().getMembers()).hasSize(1);
            assertThat(rogue.getDistributedObjects()).isEmpty();
        } finally {
            rogue.getLifecycleService().terminate();
        }
    }

    @Test
    void shouldNotLetAMemberOfAnotherClusterJoin() {
        HazelcastInstance other =
                Members.join(Members.settings(name + "-other", TestNode.KEY, NODES.addressOf(5), node));
        try {
            assertThat(other.getCluster().getMembers()).hasSize(1);
        } finally {
            other.getLifecycleService().terminate();
        }
    }

    @Test
    void shouldNotLetAMemberJoinThatHasAnotherSecret() {
        HazelcastInstance rogue =
                Members.join(Members.settings(name, "another secret of at least 32 bytes", NODES.addressOf(3), node));
        try {
            assertThat(rogue.getCluster().getMembers()).hasSize(1);
        } finally {
            rogue.getLifecycleService().terminate();
        }
    }

    @Test
    void shouldRefuseClients() {
        ClientConfig config = new ClientConfig();
        config.setClusterName(name);
        config.getNetworkConfig().addAddress(node + ":" + PORT);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(3000);
        assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(config))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Unable to connect");
    }

    @Test
    void shouldCloseOnJunkAndKeepNothingOfIt() throws IOException {
        for (byte[] junk : List.of(
                "HZC".getBytes(US_ASCII),
                "CB2".getBytes(US_ASCII),
                "GET /hazelcast/health HTTP/1.1\r\n\r\n".getBytes(US_ASCII),
                new byte[] {0x7f, -1, -1, -1, 1, 2, 3})) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(junk);
                assertThat(bytesUntilClosed(socket)).isZero();
            }
        }
        long before = heapBytes();
        for (byte[] first : List.of(new byte[] {'P', 'L', 'J', 1}, new byte[4])) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(first);
                assertThatThrownBy(() -> stream(socket)).isInstanceOf(IOException.class);
            }
        }
        assertThat(heapBytes() - before).isLessThan(HEAP_SLACK_BYTES);
    }

    @Test
    void shouldCloseSlowConnections() throws Exception {
        try (Socket socket = connect()) {
            long beginNs = System.nanoTime();
            socket.getOutputStream().write(new byte[] {'P', 'L', 'J', 1});
            assertThatThrownBy(() -> drip(socket)).isInstanceOf(IOException.class);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs))
                    .isLessThan(CLOSE_TIMEOUT_MS);
        }
    }

    @Test
    void shouldLetAMemberJoinAmongHundredsOfSilentConnections() throws IOException {
        long before = heapBytes();
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < SILENT; i++) {
                silent.add(connect());
            }
            HazelcastInstance honest = Members.join(Members.settings(name, TestNode.KEY, NODES.addressOf(4), node));
            try {
                assertThat(honest.getCluster().getMembers()).hasSize(2);
            } finally {
                honest.shutdown();
            }
            for (Socket socket : silent) {
                assertThat(bytesUntilClosed(socket)).isZero();
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        assertThat(heapBytes() - before).isLessThan(HEAP_SLACK_BYTES);
        member.process().awaitLine("Connections of strangers to the cluster's port were closed");
        Counters.await(member.management(), "parlance_peer_refused_total{of=\"joins\"}", SILENT);
        assertThat(member.process().output()).doesNotContain("ERROR");
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(node, PORT);
        socket.setSoTimeout(CLOSE_TIMEOUT_MS);
        return socket;
    }

    /** Number of bytes until the end of the connection; a reset counts as an end. */
    private static int bytesUntilClosed(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            return in.readAllBytes().length;
        } catch (SocketException reset) {
            return 0;
        }
    }

    private static void stream(Socket socket) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int sent = 0; sent < STREAM_BYTES; sent += CHUNK_BYTES) {
            socket.getOutputStream().write(chunk);
        }
    }

    /** A byte now and then, far fewer in all than the exchange has. The slowness is the subject: it has to outlast the timeout. */
    private static void drip(Socket socket) throws IOException, InterruptedException {
        for (int i = 0; i < 30; i++) {
            TimeUnit.MILLISECONDS.sleep(CLOSE_TIMEOUT_MS / 30);
            socket.getOutputStream().write(1);
        }
    }

    /** Live bytes on the node's heap. */
    private static long heapBytes() {
        Matcher total = HISTOGRAM_TOTAL.matcher(Shell.run(
                "jcmd %d GC.class_histogram".formatted(member.process().pid())));
        assertThat(total.find()).isTrue();
        return Long.parseLong(total.group(1));
    }
}

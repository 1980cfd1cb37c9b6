package chat.parlance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.StartupException;
import chat.parlance.testing.Ports;
import chat.parlance.testing.TestConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PortCheckTest {

    @Test
    void shouldNameEveryPortThatIsTakenWithItsKey() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () -> check("--http.port=" + one.getLocalPort(), "--management.port=" + two.getLocalPort()))
                    .isInstanceOf(StartupException.class)
                    .hasMessage("http.port is %d, and that port of 127.0.0.1 is taken by another process%n"
                                    .formatted(one.getLocalPort())
                            + "management.port is %d, and that port of 127.0.0.1 is taken by another process"
                                    .formatted(two.getLocalPort()));
            assertThatThrownBy(() -> check("--cluster.enabled=true", "--cluster.busPort=" + one.getLocalPort()))
                    .hasMessageContaining("cluster.busPort is " + one.getLocalPort());
            // The last port that there is, so that no other follows.
            try (ServerSocket last = new ServerSocket(65_535, 1, InetAddress.getLoopbackAddress())) {
                assertThatThrownBy(() -> check("--cluster.enabled=true", "--cluster.port=" + last.getLocalPort()))
                        .hasMessage("cluster.port is 65535, and none of the ports 65535 to 65535 of 127.0.0.1 is free");
            }
        }
    }

    @Test
    void shouldNameTwoKeysWithOnePort() {
        int port = Ports.free();
        for (String host : List.of("127.0.0.1", "0.0.0.0")) {
            assertThatThrownBy(() ->
                            check("--http.port=" + port, "--management.port=" + port, "--management.host=" + host))
                    .hasMessage(
                            "http.port and management.port are both %d, each needs a port of its own".formatted(port));
        }
        assertThatCode(() -> check("--http.port=" + port, "--management.port=" + port, "--node.roles=persistence"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNameTheKeyOfAHostThatIsNotHere() {
        assertThatThrownBy(() -> check("--http.host=192.0.2.1"))
                .hasMessage("http.host is 192.0.2.1, which is no address of this machine");
        assertThatThrownBy(() -> check("--management.host=parlance.invalid"))
                .hasMessage("management.host is parlance.invalid, a name that does not resolve");
    }

    @Test
    void shouldLeaveThePortsFree() throws IOException {
        int port = Ports.free();
        check("--http.port=" + port);
        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> check("--http.port=" + again.getLocalPort()))
                    .isNotNull();
        }
    }

    private static void check(String... flags) {
        List<String> all = Stream.concat(Stream.of("--http.port=0", "--management.port=0"), Stream.of(flags))
                .toList();
        PortCheck.run(TestConfig.load(all, Map.of()));
    }
}

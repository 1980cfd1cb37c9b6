package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTest {

    private static final List<String> ORIGINS =
            List.of("https://chat.example.org", "http://app.example.org:3000", "http://[2001:db8::2]:80");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LocalHost:1",
                "localhost.",
                "a.b.localhost:8080",
                "127.0.0.1",
                "127.0.0.1:65535",
                "127.255.0.3",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "x",
                "workstation:8080",
                "chat.test:8080",
                "host.docker.internal:8080",
                "chat.example.org",
                "Chat.Example.Org:8080",
                "app.example.org",
                "[2001:db8::2]:8080"
            })
    void shouldServeOnLoopbackHostsThatNoAttackerCanOwn(String authority) {
        assertThat(on("127.0.0.1").serves(authority)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "evil.example.",
                "evil.",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "evil-localhost.example",
                "notlocalhost.org",
                "127.0.0.1.nip.io",
                "xchat.example.org",
                "a.chat.example.org",
                "chat.example.org.evil.example",
                "%65vil%2eexample",
                "0.0.0.0",
                "10.0.0.1",
                "192.0.2.1:8080",
                "[::]",
                "[2001:db8::3]",
                "[::ffff:10.0.0.1]"
            })
    void shouldRefuseOnLoopbackHostsThatAnAttackerCouldOwn(String authority) {
        assertThat(on("127.0.0.1").serves(authority)).isFalse();
        assertThat(on("localhost").serves(authority)).isFalse();
        assertThat(on("::1").serves(authority)).isFalse();
        assertThat(on("127.0.0.2").serves(authority)).isFalse();
        assertThat(on("0.0.0.0").serves(authority)).isTrue();
        assertThat(on("192.0.2.1").serves(authority)).isTrue();
        assertThat(on("::").serves(authority)).isTrue();
    }

    private static Hosts on(String listenHost) {
        return Hosts.of(listenHost, ORIGINS, new ClientAddress(List.of()));
    }
}

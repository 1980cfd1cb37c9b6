package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {

    private final ClientAddress addresses = new ClientAddress(List.of("172.18.*.*", "10.0.0.1"));

    @Test
    void shouldUseThePeersAddressWhateverItsHeaders() {
        assertThat(addresses.of(List.of("198.51.100.7"), "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(addresses.of(List.of(), "172.18.0.3")).isEqualTo("172.18.0.3");
    }

    @Test
    void shouldBelieveTrustedProxiesAloneAndNothingThatCameToThem() {
        assertThat(addresses.of(List.of("198.51.100.7"), "172.18.0.3")).isEqualTo("198.51.100.7");
        assertThat(addresses.of(List.of("1.1.1.1, 198.51.100.7", "10.0.0.1"), "172.18.0.3"))
                .isEqualTo("198.51.100.7");
        assertThat(addresses.of(List.of("1.1.1.1"), "172.18.0.3.evil.example")).isEqualTo("unknown");
    }

    @Test
    void shouldBelieveAllAboutTlsBeforeAnyProxyIsNamed() {
        assertThat(addresses.believes("172.18.0.3")).isTrue();
        assertThat(addresses.believes("203.0.113.9")).isFalse();
        assertThat(new ClientAddress(List.of()).believes("203.0.113.9")).isTrue();
    }

    @Test
    void shouldCountANetworkOfIpv6AsOneAndNoMadeUpKeys() {
        assertThat(addresses.of(List.of("2001:db8::1"), "10.0.0.1"))
                .isEqualTo(addresses.of(List.of("2001:db8::ffff:2"), "10.0.0.1"))
                .isNotEqualTo(addresses.of(List.of("2001:db8:0:1::1"), "10.0.0.1"));
        assertThat(addresses.of(List.of("made-up-1"), "10.0.0.1"))
                .isEqualTo(addresses.of(List.of("made-up-2"), "10.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        198.51.100.7      | 198.51.100.7:4711
        198.51.100.7      | ::ffff:198.51.100.7
        198.51.100.7      | [::ffff:c633:6407]:443
        2001:db8::1       | [2001:db8::1]
        2001:db8::1       | [2001:DB8::1]:443
        2001:db8::1       | 2001:0db8:0:0:0:0:0:1
        """)
    void shouldKnowAnAddressInEverySpelling(String address, String spelling) {
        assertThat(addresses.of(List.of("1.1.1.1, " + spelling), "10.0.0.1"))
                .isEqualTo(addresses.of(List.of(address), "10.0.0.1"))
                .isNotEqualTo("unknown");
        ClientAddress proxies = new ClientAddress(List.of(address));
        assertThat(proxies.ofPeer(address)).isNull();
        assertThat(proxies.of(List.of("192.0.2.9, " + spelling), address)).isEqualTo("192.0.2.9");
    }

    @Test
    void shouldCountConnectionsByThePeerUnlessItIsATrustedProxy() {
        assertThat(addresses.ofPeer("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(addresses.ofPeer("2001:db8::7")).isEqualTo(addresses.ofPeer("2001:db8::8"));
        assertThat(addresses.ofPeer("10.0.0.1")).isNull();
        assertThat(addresses.ofPeer("172.18.0.3")).isNull();
    }
}

package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.StartupException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberAddressesTest {

    private static final int PORT = 5701;

    private final Map<String, List<String>> names = new HashMap<>();

    @Test
    void shouldResolveANameAnewEachTimeToAllItsAddresses() {
        MemberAddresses addresses = of("10.0.0.1", "chat:5701");
        names.put("chat", List.of("10.0.0.1", "10.0.0.2"));
        assertThat(addresses.candidates()).containsExactly(at("10.0.0.1", 5701), at("10.0.0.2", 5701));
        names.put("chat", List.of("10.0.0.3", "fd00::7"));
        assertThat(addresses.candidates()).containsExactly(at("10.0.0.3", 5701), at("fd00::7", 5701));
        names.remove("chat");
        assertThat(addresses.candidates()).isEmpty();
        names.put("chat", List.of("10.0.0.4"));
        assertThat(addresses.candidates()).containsExactly(at("10.0.0.4", 5701));
    }

    @Test
    void shouldTryEveryPortOfTheOwnAddressAndFewOfOthers() {
        names.put("chat", List.of("10.0.0.1", "10.0.0.2"));
        MemberAddresses addresses = of("10.0.0.1", "chat");
        assertThat(addresses.candidates())
                .hasSize(MemberAddresses.OWN_PORTS + MemberAddresses.OTHER_PORTS)
                .contains(at("10.0.0.1", PORT + MemberAddresses.OWN_PORTS - 1))
                .contains(at("10.0.0.2", PORT + MemberAddresses.OTHER_PORTS - 1));
    }

    @Test
    void shouldReadIpv6AddressesWithAndWithoutAPort() {
        assertThat(of("10.0.0.1", "[::1]:5800").candidates()).containsExactly(at("::1", 5800));
        assertThat(of("10.0.0.1", "[::1]").candidates()).contains(at("::1", PORT));
        assertThat(of("10.0.0.1", "fd00::7").candidates()).contains(at("fd00::7", PORT));
        assertThat(of("::1", "::1").candidates()).hasSize(MemberAddresses.OWN_PORTS);
    }

    @Test
    void shouldNotReachBeyondTheLastPortNorTryPortsThatTheSystemPicks() {
        assertThat(new MemberAddresses(List.of("10.0.0.1"), address("10.0.0.1"), 65_530, this::resolve).candidates())
                .hasSize(6);
        assertThat(new MemberAddresses(List.of("10.0.0.2"), address("10.0.0.1"), 0, this::resolve).candidates())
                .isEmpty();
    }

    @Test
    void shouldKnowWhichAddressesAreThoseOfOtherNodes() {
        names.put("chat", List.of("10.0.0.1", "10.0.0.2"));
        names.put("alone", List.of("10.0.0.1"));
        assertThat(of("10.0.0.1", "chat").others(PORT)).containsExactly(at("10.0.0.2", PORT));
        assertThat(of("10.0.0.1", "alone").others(PORT)).isEmpty();
        assertThat(of("10.0.0.1", "alone:5701", "alone:5702").others(PORT)).containsExactly(at("10.0.0.1", 5702));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host:", "host:0", "host:65536", "host:port", "[::1", "a:b:c", "[]:5701"})
    void shouldRefuseMembersOtherThanHostOrHostAndPort(String member) {
        assertThatThrownBy(() -> of("10.0.0.1", member))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("cluster.members");
    }

    private MemberAddresses of(String own, String... members) {
        return new MemberAddresses(List.of(members), address(own), PORT, this::resolve);
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        if (names.containsKey(host)) {
            return names.get(host).stream().map(MemberAddressesTest::address).toArray(InetAddress[]::new);
        }
        try {
            return new InetAddress[] {address(host)};
        } catch (IllegalArgumentException noAddress) {
            throw new UnknownHostException(host);
        }
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(address(literal), port);
    }
}

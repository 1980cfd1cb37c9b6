package chat.parlance.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "10.0.0.1, ::ffff:10.0.0.1, true",
        "2001:0db8::1, 2001:db8:0:0::1, true",
        "172.18.*.*, 172.18.0.3, true",
        "172.18.*.*, 172.180.0.3, false",
        "172.18.*.*, 172.19.0.3, false",
        "*.*.*.*, 2001:db8::1, false",
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, 2001:db8::1, false",
        "10.4.5.6/31, 10.4.5.7, true",
        "0.0.0.0/0, 192.0.2.1, true",
        "2001:db8::/32, 2001:db8:1::7, true",
        "2001:db8::/32, 2001:db9::7, false",
        "2001:db8::/32, 10.0.0.1, false",
    })
    void shouldContainItsAddressesAlone(String range, String address, boolean contained) {
        assertThat(AddressRange.of(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.*/8",
                "/8",
                "2001:db8::/129",
                "chat.*",
                "10.0.0.1.5",
            })
    void shouldRefuseOtherTexts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text));
    }

    @Test
    void shouldContainTheNetworksOfThisMachineWithoutLoopback() throws SocketException {
        AddressRange connected = AddressRange.of(AddressRange.CONNECTED);
        List<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(network -> network.getInterfaceAddresses().stream())
                .map(InterfaceAddress::getAddress)
                .toList();
        assertThat(own).allMatch(address -> connected.contains(address) != address.isLoopbackAddress());
        assertThat(connected.contains(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
        assertThat(connected.contains(InetAddress.ofLiteral("203.0.113.7"))).isFalse();
    }
}

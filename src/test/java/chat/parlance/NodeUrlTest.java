package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeUrlTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:38529",
        "localhost, http://localhost:38529",
        "::1, http://[::1]:38529",
        "[::1], http://[::1]:38529",
        "2001:db8::7, http://[2001:db8::7]:38529",
        "fe80::1%eth0, http://[fe80::1%25eth0]:38529",
        "0.0.0.0, http://127.0.0.1:38529 (all addresses)",
        "::, http://[::1]:38529 (all addresses)",
    })
    void shouldBeOpenedByABrowser(String host, String url) {
        assertThat(NodeUrl.of(host, 38529)).isEqualTo(url);
        assertThat(URI.create(url.replace(" (all addresses)", "")).getPort()).isEqualTo(38529);
    }
}

package chat.parlance.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {

    private static final List<String> KNOWN = List.of(
            "data", "http.port", "http.host", "management.port", "room.maxTextBytes", "start", "verify", "bench");

    @ParameterizedTest
    @CsvSource({
        "http.prot, http.port",
        "htpp.port, http.port",
        "HTTP_PORT, http.port",
        "port, http.port",
        "maxTextByte, room.maxTextBytes",
        "room.max-text-bytes, room.maxTextBytes",
        "dat, data",
        "date, data",
        "verfy, verify",
        "strat, start",
        "nope,",
        "x,",
        "'',",
        "federation.enabled,",
    })
    void shouldSuggestOnlyWhatIsNear(String unknown, String meant) {
        assertThat(NearestName.of(unknown, KNOWN).orElse(null)).isEqualTo(meant);
    }
}

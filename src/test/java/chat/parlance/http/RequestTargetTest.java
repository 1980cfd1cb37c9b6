package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?a=//",
                "/api",
                "/api/",
                "/api/?a",
                "/api/v1/rooms",
                "/api/v1/rooms?q=/../",
                "/api/v1/rooms/a.b/events",
                "/api/v1/rooms/.hidden",
                "/api/v1/rooms/a..b",
                "/api/v1/rooms/...",
                "/%61pi/v1/rooms",
                "/api/v1/rooms/%2e%2ea",
                "/assets/main-0123456789.js"
            })
    void shouldTakeAPathAsItIsWritten(String target) {
        assertThat(RequestTarget.isPlain(target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "//api",
                "/api//",
                "/api/v1/",
                "/api/v1/rooms/",
                "/api/v1/rooms/?q=a",
                "/api/v1//rooms",
                "/api/v1/./rooms",
                "/api/v1/../rooms",
                "/api/v1/rooms/.",
                "/api/v1/rooms/..",
                "/api/v1/rooms/..?q=a",
                "/api/v1/%2e/rooms",
                "/api/v1/%2E%2e/rooms",
                "/api/v1/.%2E/rooms",
                "/api/v1/rooms/%2e",
                "/.",
                "/..",
                "/ws/",
                "/mark.svg/"
            })
    void shouldTellAPathInAnotherSpelling(String target) {
        assertThat(RequestTarget.isPlain(target)).isFalse();
    }
}

package chat.parlance.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "see HTTP://EXAMPLE.ORG/a.",
                "(www.example.org)",
                "> - *https://example.org*",
                "<https://example.org>",
                "[here](https://example.org)",
                "[write](mailto:a@example.org)",
                "![a picture](https://example.org/a.png)",
                "`code` and https://example.org",
                "| a |\n|---|\n| https://example.org |"
            })
    void shouldFindLinks(String text) {
        assertThat(Links.in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "`https://example.org`",
                "```\nhttps://example.org\n```",
                "[here](javascript:alert)",
                "[here](@bob)",
                "a[0](1)",
                "://",
                "https://",
                "www."
            })
    void shouldFindNoLinks(String text) {
        assertThat(Links.in(text)).isFalse();
    }
}

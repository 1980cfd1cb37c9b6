package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageFileTest {

    private static final String TAG = "\"abc-br\"";

    /** Lines of the header are separated by semicolons here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', nullValues = "-", textBlock = """
        "abc-br"                  | true
        W/"abc-br"                | true
        *                         | true
         \t* \t                   | true
        "x", "abc-br"             | true
        "x","abc-br","y"          | true
        "x" , W/"abc-br"          | true
        ,"abc-br",                | true
        "a,b", "abc-br"           | true
        "x"; "y", "abc-br"        | true
        -                         | false
        "x"                       | false
        "abc"                     | false
        "abc-gzip", "abc"         | false
        "ABC-BR"                  | false
        abc-br                    | false
        "abc-br                   | false
        "x", *                    | false
        *, "x"                    | false
        "*"                       | false
        "a,*,b"                   | false
        "x, W/"                   | false
        ""                        | false
        """)
    void shouldTellThatTheBrowserHasTheContent(@Nullable String lines, boolean isNamed) {
        List<String> header = lines == null ? List.of() : Arrays.asList(lines.split(";"));
        assertThat(PageFile.isNamed(TAG, header)).isEqualTo(isNamed);
    }
}

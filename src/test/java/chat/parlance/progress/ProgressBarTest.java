package chat.parlance.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void shouldDrawOverItselfAndEndItsLine() {
        ProgressBar bar = new ProgressBar(out, true, 40_000, "events");
        bar.show(20_000);
        bar.end(40_000);
        assertThat(printed())
                .isEqualTo("\r[####################....................] 20,000 events"
                        + "\r[########################################] 40,000 events" + System.lineSeparator());
    }

    @Test
    void shouldStayWithinItsWidthWhenThereIsMoreThanExpected() {
        new ProgressBar(out, true, 0, "events").show(10);
        new ProgressBar(out, true, 5, "events").show(10);
        assertThat(printed()).isEqualTo("\r[########################################] 10 events".repeat(2));
    }

    @Test
    void shouldPrintNothingToFilesAndPipes() {
        ProgressBar bar = new ProgressBar(out, false, 10, "events");
        bar.show(5);
        bar.end(10);
        assertThat(printed()).isEmpty();
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

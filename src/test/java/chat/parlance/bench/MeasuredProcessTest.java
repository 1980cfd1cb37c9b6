package chat.parlance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Memory of another JVM: one that measures itself waits for its own output. */
@Timeout(60)
final class MeasuredProcessTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final int LIVE_BYTES = 32 * MEBIBYTE;
    private static final int GARBAGE_BYTES = 64 * MEBIBYTE;

    /** Bound of all other arrays of bytes in a JVM without a program. */
    private static final int OTHER_BYTES = 16 * MEBIBYTE;

    private Process process;
    private MeasuredProcess measured;

    /** Program that keeps one array, drops another, and waits for the end of its input. */
    static final class Holder {

        private static byte[] held = new byte[GARBAGE_BYTES];

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            held = new byte[LIVE_BYTES];
            System.out.println(held.length);
            System.out.println(System.in.read());
        }
    }

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        measured = new MeasuredProcess(process.toHandle());
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo(Integer.toString(LIVE_BYTES));
    }

    @AfterEach
    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void shouldCountTheBytesOfLiveObjectsByClass() throws IOException {
        Map<String, Long> bytes = measured.liveHeapBytes();
        assertThat(bytes.get("[B")).isBetween((long) LIVE_BYTES, (long) LIVE_BYTES + OTHER_BYTES);
        assertThat(bytes).containsKey("java.lang.String");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldMeasureTheMemoryOfTheProcess() throws IOException {
        assertThat(measured.rssBytes()).isBetween((long) LIVE_BYTES, 1024L * MEBIBYTE);
    }
}

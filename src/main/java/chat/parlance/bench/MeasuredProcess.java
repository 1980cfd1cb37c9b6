package chat.parlance.bench;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM whose memory and CPU time are measured. */
record MeasuredProcess(ProcessHandle handle) {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");
    private static final Pattern CLASS = Pattern.compile("(?m)^ *[0-9]+: +[0-9]+ +([0-9]+) +(\\S+)");

    /** CPU time so far. */
    Duration cpu() {
        return handle.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    long rssBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(handle.pid()), "status");
        if (!Files.isReadable(status)) {
            throw StartupException.usage("the resident memory can be measured on Linux alone");
        }
        return number(Files.readString(status), RESIDENT) * 1024;
    }

    /** Bytes of the heap that each class takes after a full collection. */
    Map<String, Long> liveHeapBytes() throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw StartupException.usage("the heap can be measured by a JDK alone: " + jcmd + " is missing");
        }
        Process histogram = new ProcessBuilder(
                        List.of(jcmd.toString(), Long.toString(handle.pid()), "GC.class_histogram"))
                .redirectErrorStream(true)
                .start();
        try (InputStream output = histogram.getInputStream()) {
            Map<String, Long> bytes = new HashMap<>();
            CLASS.matcher(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .forEach(row -> bytes.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum));
            return bytes;
        }
    }

    private static long number(String text, Pattern pattern) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new StartupException("the bench could not read the memory of its server: " + text);
        }
        return Long.parseLong(found.group(1));
    }
}

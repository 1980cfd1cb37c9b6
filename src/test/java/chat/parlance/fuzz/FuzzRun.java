package chat.parlance.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of Jazzer in a separate process, as Jazzer requires; its files are in {@code target/fuzz}. */
final class FuzzRun {

    /** Time for the start of the JVM, the node and the seeds, before the fuzzing. */
    private static final int START_SECONDS = 300;

    private static final int INPUT_TIMEOUT_SECONDS = 60;
    private static final int MAX_RSS_MIB = 4096;
    private static final int SHOWN_LINES = 60;
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: (\\d+)");

    /**
     * Hooks that are off: fuzzers are clients themselves; the hooks of SQL create classes that the JVM refuses, and
     * those of Unsafe are unused.
     */
    private static final String UNUSED_HOOKS = Stream.of("ServerSideRequestForgery", "SqlInjection", "UnsafeSanitizer")
            .map("com.code_intelligence.jazzer.sanitizers."::concat)
            .collect(Collectors.joining(":"));

    /**
     * Outcome of a run.
     *
     * @param executions number of inputs
     * @param output the end of Jazzer's output
     */
    record Result(int exitCode, long executions, String output) {}

    private final FuzzTarget target;
    private final Path folder;

    FuzzRun(FuzzTarget target) {
        this.target = target;
        this.folder = Path.of("target/fuzz", target.id());
    }

    /** True when this Jazzer has its native library for the platform. */
    static boolean isPossible() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.contains("linux") ? "linux" : name.contains("mac") ? "macos" : "windows";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        return FuzzRun.class.getResource(
                        "/com/code_intelligence/jazzer/driver/jazzer_driver_%s_%s".formatted(system, processor))
                != null;
    }

    /** @param seed of the fuzzer's random numbers */
    Result run(int seconds, long seed, Map<String, String> environment) throws IOException, InterruptedException {
        Path seeds = writeSeeds();
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command(seconds, seed, corpus, seeds))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(START_SECONDS + seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        String output = Files.readString(log, ISO_8859_1);
        Matcher executions = EXECUTIONS.matcher(output);
        return new Result(
                process.exitValue(), executions.find() ? Long.parseLong(executions.group(1)) : 0, end(output));
    }

    private List<String> command(int seconds, long seed, Path corpus, Path seeds) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--instrumentation_includes=" + target.instrumented(),
                "--instrumentation_excludes=chat.parlance.fuzz.**:chat.parlance.testing.**",
                "--custom_hook_includes=" + FuzzTarget.OWN,
                "--disabled_hooks=" + UNUSED_HOOKS,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-seed=" + seed,
                "-max_total_time=" + seconds,
                "-max_len=" + target.maxBytes(),
                "-timeout=" + INPUT_TIMEOUT_SECONDS,
                "-rss_limit_mb=" + MAX_RSS_MIB,
                "-print_final_stats=1",
                corpus.toString(),
                seeds.toString());
    }

    /**
     * Writes the seeds, each as a file for Jazzer. Bytes are converted to characters and back, so that an octal escape
     * is a byte.
     */
    private Path writeSeeds() throws IOException {
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        List<String> lines = new ArrayList<>(Files.readAllLines(target.seeds(), ISO_8859_1));
        lines.removeIf(line -> line.isEmpty() || line.startsWith("#"));
        for (int i = 0; i < lines.size(); i++) {
            Files.write(
                    seeds.resolve(Integer.toString(i)),
                    lines.get(i).translateEscapes().getBytes(ISO_8859_1));
        }
        return seeds;
    }

    private static String end(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }
}

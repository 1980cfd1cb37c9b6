package chat.parlance.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A node in a separate process, from the packaged jar, so that it can be killed. */
public final class NodeProcess implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 60;
    private static final int LOOK_MS = 50;

    /** First words of the text that a node prints whose database has no owner yet, by its lines. */
    public static final List<String> SETUP = List.of(
            "This server has no owner yet.", "Open the page with it: /#link=", "Or run: parlance admin create-owner");

    /** Lines that every node logs. */
    private static final List<String> ORDERLY = List.of("StartCommand: Starting", "Node: Draining", "Node: Stopped");

    /** Options that take less CPU time of a process that lives for some seconds. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final String address;
    private final StringBuilder output = new StringBuilder();
    private Thread reading = Thread.currentThread();

    private NodeProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a process with these variables, on a port that was free a moment ago. */
    public static NodeProcess start(Map<String, String> environment, String... flags) {
        return startAt(Ports.free(), environment, flags);
    }

    /** Starts a process with these variables, on that port. */
    public static NodeProcess startAt(int port, Map<String, String> environment, String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--http.port=" + port);
        return new NodeProcess(startProcess(environment, all.toArray(String[]::new)), "127.0.0.1:" + port);
    }

    /**
     * Starts a process through another command, which becomes it.
     *
     * @param way the command, such as one that changes the network; empty for none
     * @param address host and port that the variables configure
     */
    public static NodeProcess startBy(List<String> way, String address, Map<String, String> environment) {
        return new NodeProcess(launch(way, environment, List.of("start")), address);
    }

    /**
     * Starts a process in a JVM with options of its own.
     *
     * @param options of the JVM
     * @param port the public port
     */
    public static NodeProcess startWith(
            List<String> options, int port, Map<String, String> environment, String... flags) {
        List<String> all = new ArrayList<>(AotCache.options());
        all.addAll(options);
        List<String> arguments = new ArrayList<>(List.of("start", "--http.port=" + port));
        arguments.addAll(List.of(flags));
        return new NodeProcess(launch(List.of(), all, environment, arguments), "127.0.0.1:" + port);
    }

    /** Starts a process by a command of the caller's, such as the launcher. */
    public static NodeProcess startCommandAt(List<String> command, String address) {
        try {
            return new NodeProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start(), address);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts a node's process with these variables and flags, and free ports where the flags name none. */
    public static Process startProcess(Map<String, String> environment, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("start", "--http.port=0", "--management.port=0"));
        arguments.addAll(List.of(flags));
        return launch(List.of(), environment, arguments);
    }

    /** Starts a command that ends by itself. */
    public static Process startCommand(String... arguments) {
        return startCommand(Map.of(), arguments);
    }

    /** Starts a command that ends by itself, with these variables. */
    public static Process startCommand(Map<String, String> environment, String... arguments) {
        return launch(List.of(), environment, List.of(arguments));
    }

    /**
     * Starts a command that ends by itself, through another command, in a JVM with a limited heap.
     *
     * @param way see {@link #startBy}
     * @param heapMiB limit of its heap
     */
    public static Process startBounded(List<String> way, int heapMiB, String... arguments) {
        List<String> options = new ArrayList<>(AotCache.options());
        options.add("-Xmx" + heapMiB + "m");
        return launch(way, options, Map.of(), List.of(arguments));
    }

    /** Starts a command that ends by itself, in a JVM without an AOT cache. */
    static Process startWithoutCache(String... arguments) {
        return launch(List.of(), List.of(), Map.of(), List.of(arguments));
    }

    private static Process launch(List<String> way, Map<String, String> environment, List<String> arguments) {
        return launch(way, AotCache.options(), environment, arguments);
    }

    private static Process launch(
            List<String> way, List<String> options, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(way);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(SHORT_LIVED);
        command.addAll(options);
        command.addAll(List.of("-jar", System.getProperty("parlance.jar")));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whole output of a node that cannot start, until it ends. */
    public static String outputOf(Process process) {
        try (BufferedReader reader = process.inputReader()) {
            return reader.lines().collect(Collectors.joining("\n"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads the output until the node reports that it is ready. */
    public NodeProcess awaitReady() {
        try {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = reader.readLine();
            while (line != null && !line.startsWith("Parlance is ready")) {
                append(line);
                line = reader.readLine();
            }
            if (line == null) {
                throw new AssertionError("the node ended: " + output());
            }
            reading = Thread.ofVirtual().start(() -> keepOutput(reader));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private synchronized void append(String line) {
        output.append(line).append('\n');
    }

    private void keepOutput(BufferedReader reader) {
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                append(line);
            }
        } catch (IOException killed) {
            // The output has ended.
        }
    }

    /** Lines printed so far, once the node was ready. */
    public List<String> lines() {
        return output().lines().toList();
    }

    /** Lines beside those of an orderly start and stop. */
    public static List<String> unusual(List<String> lines) {
        return lines.stream()
                .filter(line -> ORDERLY.stream().noneMatch(line::contains))
                .filter(line -> SETUP.stream().noneMatch(line::startsWith))
                .toList();
    }

    /** All printed lines, of a process that ends by itself or was stopped. */
    public List<String> allLines() {
        awaitEnd();
        try {
            reading.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
        return lines();
    }

    /** Waits for a line that contains the text. */
    public void awaitLine(String part) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (lines().stream().noneMatch(line -> line.contains(part))) {
            if (System.nanoTime() - endNs > 0) {
                throw new AssertionError("no line with '%s': %s".formatted(part, output()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        }
    }

    public String address() {
        return address;
    }

    /** Whole output of the process so far. */
    public synchronized String output() {
        return output.toString();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the node as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Stops the node as {@code kill} does, and waits for its end. */
    public void stop() {
        // Process.destroy would close the stream to which the node still prints.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the node did not stop: " + output());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Exit code of a process that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Sends a signal, such as {@code STOP}. */
    public void signal(String signal) {
        Shell.run("kill -%s %d".formatted(signal, process.pid()));
    }

    /** Waits until the process is gone. */
    public void awaitEnd() {
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}

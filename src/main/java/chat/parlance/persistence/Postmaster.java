package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Process of the Postgres that runs on a folder, by its {@code postmaster.pid}; it is no child of this process. */
record Postmaster(Path data) {

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final int STOP_TIMEOUT_SECONDS = 10;
    private static final String PID_FILE = "postmaster.pid";

    /** Line of the port in that file. */
    private static final int PORT_LINE = 3;

    /** Process of the file, if it is a Postgres on this very folder. */
    Optional<ProcessHandle> process() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve(PID_FILE)).getFirst().strip());
            return ProcessHandle.of(pid).filter(this::isPostgres);
        } catch (IOException | NumberFormatException | NoSuchElementException none) {
            return Optional.empty();
        }
    }

    int port() throws IOException {
        return Integer.parseInt(
                Files.readAllLines(data.resolve(PID_FILE)).get(PORT_LINE).strip());
    }

    /** Stops a Postgres that a killed node left. */
    void stopOrphan() {
        process().ifPresent(process -> {
            LOG.atInfo().addKeyValue("pid", process.pid()).log("Stopping a Postgres that a killed node left");
            stop(process);
        });
    }

    /** Stops the Postgres, by force when it does not stop in order. */
    void stop() {
        process().ifPresent(this::stop);
    }

    private void stop(ProcessHandle process) {
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            if (process.isAlive()) {
                signal(process, signal);
            }
        }
        if (process.isAlive()) {
            throw new StartupException("a Postgres that runs on " + data + " does not stop, pid " + process.pid());
        }
    }

    /** True for a Postgres. A pid is reused in time, and the process of another program must be left alone. */
    private boolean isPostgres(ProcessHandle process) {
        return process.info()
                .commandLine()
                .map(line -> line.contains("postgres") && line.contains(data.toString()))
                .orElse(false);
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException notYet) {
            LOG.atWarn()
                    .addKeyValue("pid", process.pid())
                    .addKeyValue("signal", signal)
                    .log("Postgres did not stop");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

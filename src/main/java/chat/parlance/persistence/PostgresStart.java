package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Start of the embedded Postgres: unpacks its programs, runs {@code initdb} when there is no database, and starts the server.
 * The library for that neither ends at once when Postgres says that it cannot start, nor can it be interrupted, so it works on a
 * thread of its own, watched by the caller's.
 */
final class PostgresStart {

    private static final int LOOK_MS = 50;

    /** Time that a start has to end by itself, when it is to be given up. */
    private static final int GIVE_UP_MS = 12_000;

    private static final Set<String> INITDB = Set.of("initdb");
    private static final Set<String> PROGRAMS = Set.of("initdb", "pg_ctl", "postgres");

    private static final String GIVEN_UP = "pg_ctl: could not start server";

    /** Lines of Postgres and of its programs that say why they end. */
    private static final Pattern FATAL =
            Pattern.compile("(?!.*(database system is starting up|not yet accepting connections|child process exited))"
                    + "(.*\\b(FATAL|PANIC): .*|\\w+: error: .*)");

    private final EmbeddedPostgres.Builder builder;
    private final Postmaster postmaster;
    private final Path log;
    private final int timeoutMs;

    /** @param log gets the output of all programs */
    PostgresStart(EmbeddedPostgres.Builder builder, Postmaster postmaster, Path log, int timeoutMs) {
        this.builder = builder;
        this.postmaster = postmaster;
        this.log = log;
        this.timeoutMs = timeoutMs;
    }

    /** One attempt, with its outcome once the thread has ended. */
    private final class Attempt {

        private final CountDownLatch ended = new CountDownLatch(1);
        private final Thread thread;
        private volatile @Nullable EmbeddedPostgres postgres;
        private volatile @Nullable Throwable failure;

        Attempt() {
            thread = Thread.ofPlatform().name("postgres-start").daemon().start(this::work);
        }

        private void work() {
            try {
                postgres = builder.start();
            } catch (IOException | RuntimeException | ExceptionInInitializerError failed) {
                failure = failed;
            } finally {
                ended.countDown();
            }
        }
    }

    /**
     * Starts Postgres; when this returns it answers.
     *
     * @throws StartupException when it does not start, or this thread was interrupted; no process is left then
     */
    EmbeddedPostgres run() {
        emptyLog();
        Attempt attempt = new Attempt();
        try {
            boolean refused = false;
            while (!attempt.ended.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (!refused && log().contains(GIVEN_UP)) {
                    refused = true;
                    // Ends the library's wait for a server that will not come.
                    attempt.thread.interrupt();
                }
            }
            EmbeddedPostgres postgres = attempt.postgres;
            if (postgres != null && !refused) {
                return postgres;
            }
            giveUp(attempt);
            throw new StartupException("embedded Postgres did not start: " + reason(attempt.failure) + "; see " + log);
        } catch (InterruptedException stopped) {
            giveUp(attempt);
            Thread.currentThread().interrupt();
            throw new StartupException("the start of the embedded Postgres was stopped", stopped);
        }
    }

    /** Ends an attempt: initdb removes what it has made when it is told to stop; a server is stopped once it is there. */
    private void giveUp(Attempt attempt) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MS);
        Set<ProcessHandle> seen = new HashSet<>();
        try {
            while (!attempt.ended.await(LOOK_MS, TimeUnit.MILLISECONDS) && System.nanoTime() < endNs) {
                programs(PROGRAMS).forEach(seen::add);
                programs(INITDB).forEach(ProcessHandle::destroy);
            }
            EmbeddedPostgres postgres = attempt.postgres;
            if (postgres != null) {
                // Gives back the library's lock as well.
                postgres.close();
            }
        } catch (IOException | InterruptedException failed) {
            // Remaining processes are stopped below.
        }
        postmaster.stop();
        // Children of initdb outlive it for a moment.
        seen.forEach(ProcessHandle::destroyForcibly);
        programs(PROGRAMS).forEach(ProcessHandle::destroyForcibly);
    }

    /** Processes that were started from here, by the name of their program. */
    private static Stream<ProcessHandle> programs(Set<String> names) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .map(command -> names.contains(command.substring(command.lastIndexOf('/') + 1)))
                        .orElse(false));
    }

    /** The last line with which Postgres itself says why, else what failed here. */
    private String reason(@Nullable Throwable failure) {
        List<String> lines = log().lines().filter(line -> !line.isBlank()).toList();
        String late = failure != null && String.valueOf(failure.getMessage()).startsWith("Gave up waiting")
                ? "it did not answer within " + timeoutMs + " ms (postgres.startTimeoutMs); "
                : "";
        return late
                + lines.reversed().stream()
                        .filter(line -> FATAL.matcher(line).matches())
                        .findFirst()
                        .or(() -> lines.reversed().stream().findFirst())
                        .orElseGet(() -> cause(failure));
    }

    private static String cause(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null ? "it ended" : root.toString();
    }

    /** Empties the log of an earlier attempt. */
    private void emptyLog() {
        try {
            Files.writeString(log, "");
        } catch (IOException unwritable) {
            throw new StartupException("the log " + log + " cannot be written: " + unwritable, unwritable);
        }
    }

    private String log() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}

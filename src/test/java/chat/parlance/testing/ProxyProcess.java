package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Process of a proxy that listens on loopback. */
final class ProxyProcess implements AutoCloseable {

    private static final int LOOK_MS = 20;

    private final Process process;

    private ProxyProcess(Process process) {
        this.process = process;
    }

    /** Starts it; when this returns it accepts clients. */
    static ProxyProcess start(List<String> command, Path log, int port) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            while (!Ports.isOpen(port)) {
                if (!process.isAlive()) {
                    throw new AssertionError(command.getFirst() + " ended: " + Files.readString(log));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
            }
            return new ProxyProcess(process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

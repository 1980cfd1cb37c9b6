package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Readiness of a node. */
public final class Health {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);
    private static final int LOOK_MS = 20;

    private Health() {}

    /**
     * True when the node reports that it is ready; no answer counts as false.
     *
     * @param management the address of the node's health and metrics
     */
    public static boolean isReady(String management) {
        return isReady(management, (int) ANSWER_TIMEOUT.toMillis());
    }

    /** Readiness of a node that may take some time to answer. */
    public static boolean isReady(String management, int timeoutMs) {
        try {
            return status(management, "ready", Duration.ofMillis(timeoutMs)) == 200;
        } catch (IOException silent) {
            return false;
        }
    }

    /**
     * Status for a load balancer.
     *
     * @param management the address of the node's health and metrics
     */
    public static int forBalancer(String management) {
        try {
            return status(management, "balancer", ANSWER_TIMEOUT);
        } catch (IOException silent) {
            throw new UncheckedIOException(silent);
        }
    }

    private static int status(String management, String name, Duration timeout) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + management + "/health/" + name))
                .timeout(timeout)
                .build();
        try {
            return Http.CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /**
     * Waits until the node reports that it is ready, or that it is not.
     *
     * @return the time that it took, in milliseconds
     * @throws AssertionError when it takes longer than {@code timeoutMs}
     */
    public static long await(String management, boolean ready, long timeoutMs) {
        long beginNs = System.nanoTime();
        while (isReady(management) != ready) {
            if (elapsedMs(beginNs) > timeoutMs) {
                throw new AssertionError(
                        "%s is %s after %d ms".formatted(management, ready ? "not ready" : "ready", timeoutMs));
            }
            pause();
        }
        return elapsedMs(beginNs);
    }

    private static long elapsedMs(long sinceNs) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

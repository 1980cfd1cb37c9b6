package chat.parlance.faults;

import chat.parlance.testing.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The wall clock of one node jumps forward and back; no user is logged out, and new log-ins are valid on all nodes. */
record ClockShifted(int secondsEach) implements Fault {

    private static final int NODE = 2;

    /** Interval at which the library reads its file. */
    private static final int NOTICED_AFTER_SECONDS = 1;

    private static final int FIRST_PRIVATE_CODE = 4000;

    @Override
    public Set<Need> needs() {
        return Set.of(Need.FAKETIME);
    }

    @Override
    public void prepare(FaultScene scene) {
        set(scene, "+0s");
        scene.cluster().stop(NODE);
        scene.cluster()
                .start(
                        NODE,
                        Map.of(
                                "LD_PRELOAD",
                                Need.libfaketime().orElseThrow().toString(),
                                "FAKETIME_TIMESTAMP_FILE",
                                file(scene).toString(),
                                "FAKETIME_CACHE_DURATION",
                                Integer.toString(NOTICED_AFTER_SECONDS),
                                "FAKETIME_DONT_FAKE_MONOTONIC",
                                "1",
                                // Otherwise each wait with a timeout ends at once, and the threads of the JVM spin.
                                "FAKETIME_FORCE_MONOTONIC_FIX",
                                "0"));
    }

    @Override
    public void strike(FaultScene scene) throws InterruptedException {
        for (String shift : new String[] {"+120s", "-300s", "+0s"}) {
            set(scene, shift);
            TimeUnit.SECONDS.sleep(2 * NOTICED_AFTER_SECONDS + secondsEach);
            checkLogin(scene, shift);
        }
        long loggedOut = scene.clients().stream()
                .flatMap(client -> client.closeCodes().entrySet().stream())
                .filter(closed -> closed.getKey() >= FIRST_PRIVATE_CODE)
                .mapToInt(Map.Entry::getValue)
                .sum();
        scene.measure("logged out", loggedOut);
        scene.require(loggedOut == 0, "nobody is logged out");
    }

    @Override
    public void restore(FaultScene scene) {
        scene.cluster().stop(NODE);
        scene.cluster().start(NODE);
    }

    /** A token of the shifted node is good at another one, and the other way round. */
    private static void checkLogin(FaultScene scene, String shift) {
        String shifted = scene.cluster().addresses().get(NODE);
        String other = scene.cluster().addresses().getFirst();
        scene.require(
                isKnown(other, Rest.logIn(shifted, "alice").token()),
                "a token of the node at %s is good elsewhere".formatted(shift));
        scene.require(
                isKnown(shifted, Rest.logIn(other, "alice").token()),
                "a token from elsewhere is good at the node at %s".formatted(shift));
    }

    private static boolean isKnown(String address, String token) {
        return new Rest(address, token).get("/rooms").statusCode() == 200;
    }

    private static Path file(FaultScene scene) {
        return scene.folder().resolve("clock");
    }

    private static void set(FaultScene scene, String shift) {
        try {
            Files.writeString(file(scene), shift);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

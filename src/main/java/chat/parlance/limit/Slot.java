package chat.parlance.limit;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Place of one open connection in a limit, taken until it is closed. Any thread may close it; a second close has no effect. */
public final class Slot {

    private final AtomicReference<@Nullable Runnable> release;

    Slot(Runnable release) {
        this.release = new AtomicReference<>(release);
    }

    /** A slot of a connection that no limit counts. */
    public static Slot uncounted() {
        return new Slot(() -> {});
    }

    /** Frees the slot. */
    public void close() {
        Runnable left = release.getAndSet(null);
        if (left != null) {
            left.run();
        }
    }
}

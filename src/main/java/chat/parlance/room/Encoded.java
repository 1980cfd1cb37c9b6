package chat.parlance.room;

import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Encoded form of a page or an event, made once for all who read it. Belongs to one event loop. */
public final class Encoded {

    private final IntPredicate reserve;
    private byte @Nullable [] kept;

    /** @param reserve reserves memory for a number of bytes; false when there is none, and the form is not kept */
    Encoded(IntPredicate reserve) {
        this.reserve = reserve;
    }

    /** The form of a page or event that nobody else reads. */
    static Encoded ofOneReader() {
        return new Encoded(bytes -> false);
    }

    /** The kept form; null when there is none yet. */
    public byte @Nullable [] kept() {
        return kept;
    }

    /** Keeps the form, if there is memory for it. */
    public void keep(byte[] bytes) {
        if (kept == null && reserve.test(bytes.length)) {
            kept = bytes;
        }
    }

    /** The kept form, or else a new one. */
    public byte[] get(Supplier<byte[]> encode) {
        byte[] known = kept;
        if (known != null) {
            return known;
        }
        byte[] made = encode.get();
        keep(made);
        return made;
    }
}

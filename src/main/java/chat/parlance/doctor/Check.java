package chat.parlance.doctor;

import java.util.Locale;

/**
 * Result of one check.
 *
 * @param name such as {@code postgres.clock}
 * @param text what was seen
 * @param fix what to do; empty when nothing is to be done
 */
record Check(String name, Verdict verdict, String text, String fix) {

    /** Verdict of a check. */
    enum Verdict {
        OK,
        /** The node works, and will not always. */
        WARN,
        /** Clients cannot be served, or messages may be lost. */
        FAIL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Check ok(String name, String text) {
        return new Check(name, Verdict.OK, text, "");
    }

    static Check warn(String name, String text, String fix) {
        return new Check(name, Verdict.WARN, text, fix);
    }

    static Check fail(String name, String text, String fix) {
        return new Check(name, Verdict.FAIL, text, fix);
    }
}

package chat.parlance.faults;

import java.util.Set;

/** One way to hurt the cluster. */
@FunctionalInterface
interface Fault {

    /** Hurts it and heals it while clients are at work; returns when both is done. */
    void strike(Scene scene) throws Exception;

    /** What has to be made before the clients begin. */
    default void prepare(Scene scene) throws Exception {}

    /** Takes away what was prepared, after the clients have ended. */
    default void restore(Scene scene) throws Exception {}

    /** What the machine must allow. */
    default Set<Need> needs() {
        return Set.of();
    }
}

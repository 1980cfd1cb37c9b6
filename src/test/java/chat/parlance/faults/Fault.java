package chat.parlance.faults;

import java.util.Set;

/** A fault of the cluster. */
@FunctionalInterface
interface Fault {

    /** Causes the fault and heals it while clients are at work; returns when both are done. */
    void strike(FaultScene scene) throws Exception;

    /** Preparation before the clients start. */
    default void prepare(FaultScene scene) throws Exception {}

    /** Reverts the preparation, after the clients have ended. */
    default void restore(FaultScene scene) throws Exception {}

    /** Requirements on the machine. */
    default Set<Need> needs() {
        return Set.of();
    }
}

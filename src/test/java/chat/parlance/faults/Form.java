package chat.parlance.faults;

import java.util.List;
import java.util.Map;

/** How much of the table a build goes through. */
enum Form {

    /**
     * For every build, and so for machines that do other things too, on which all may take three times as long. Nodes
     * stop sooner than they do by default.
     */
    SHORT,

    /** All that is promised. */
    LONG;

    private static final int SHORT_SLACK = 3;

    List<Row> rows() {
        return this == LONG ? FaultTable.longForm() : FaultTable.shortForm();
    }

    /** How many times longer than promised everything may take. */
    int slack() {
        return this == LONG ? 1 : SHORT_SLACK;
    }

    /** What the nodes have in their environment for it. */
    Map<String, String> environment() {
        return this == LONG ? Map.of() : Map.of("PARLANCE_DRAIN_UNREADY_MS", "100", "PARLANCE_DRAIN_SPREAD_MS", "1000");
    }
}

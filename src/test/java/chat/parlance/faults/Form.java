package chat.parlance.faults;

import java.util.List;
import java.util.Map;

/** Part of the table that a build runs. */
enum Form {

    /**
     * For every build, and so for busy machines, on which everything may take three times as long. Nodes stop sooner
     * than by default.
     */
    SHORT,

    /** For all that is promised. */
    LONG;

    private static final int SHORT_SLACK = 3;

    List<Row> rows() {
        return this == LONG ? FaultTable.longForm() : FaultTable.shortForm();
    }

    /** Factor by which everything may take longer than promised. */
    int slack() {
        return this == LONG ? 1 : SHORT_SLACK;
    }

    /** Environment of the nodes. */
    Map<String, String> environment() {
        return this == LONG ? Map.of() : Map.of("PARLANCE_DRAIN_UNREADY_MS", "100", "PARLANCE_DRAIN_SPREAD_MS", "1000");
    }
}

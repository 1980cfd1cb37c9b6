package chat.parlance.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The log of this process, whose lines name the node. */
public final class ProcessLog {

    private static final String NODE = "node";
    private static final String FORMAT_VARIABLE = "PARLANCE_LOG_FORMAT";

    private ProcessLog() {}

    /** Names the node in every line from now on. */
    public static void name(String node) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putProperty(NODE, node);
        }
    }

    /** True when each line is a JSON object, so that nothing else may be printed on standard output. */
    public static boolean isJson() {
        return "json".equals(System.getenv(FORMAT_VARIABLE));
    }
}

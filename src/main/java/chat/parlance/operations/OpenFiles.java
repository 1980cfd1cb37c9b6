package chat.parlance.operations;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limit of open files, of which each connection is one. */
public final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private OpenFiles() {}

    /**
     * Warns when the process may not open a file for each connection that the configuration allows.
     *
     * @param connections of {@code limits.connections}
     */
    public static void warnIfTooFew(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < connections) {
            LOG.atWarn()
                    .addKeyValue("openFiles", system.getMaxFileDescriptorCount())
                    .addKeyValue("limits.connections", connections)
                    .log("The limit of open files is below limits.connections; raise it, as by ulimit -n");
        }
    }
}

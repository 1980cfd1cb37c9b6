package chat.parlance.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * Host of a process.
 *
 * @param way command that runs another command on the host; empty for this host
 */
record Host(String name, String address, List<String> way) {

    /** Command that runs the given one on the host. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(way);
        all.addAll(command);
        return all;
    }
}

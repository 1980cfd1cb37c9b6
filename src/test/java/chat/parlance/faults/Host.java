package chat.parlance.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a process lives.
 *
 * @param way the command that runs another one there; empty when that is here
 */
record Host(String name, String address, List<String> way) {

    /** The command that runs this one there. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(way);
        all.addAll(command);
        return all;
    }
}

package chat.parlance.smoke;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * Public addresses of the nodes behind a DNS name, as of now: nodes come and go. Clients pick one by an index, which is
 * always valid. May be used from any thread.
 */
final class Addresses extends AbstractList<String> {

    private final String name;
    private final int port;
    private volatile List<String> known = List.of();

    /** Resolves the name for the first time. */
    Addresses(String name, int port) {
        this.name = name;
        this.port = port;
        resolve();
    }

    /** Resolves the name again; keeps the last answer when there is none. */
    List<String> resolve() {
        try {
            known = Arrays.stream(InetAddress.getAllByName(name))
                    .map(address -> address.getHostAddress() + ":" + port)
                    .sorted()
                    .toList();
        } catch (UnknownHostException gone) {
            // A name without containers is unknown; those that are started will have it.
        }
        return known;
    }

    @Override
    public String get(int index) {
        List<String> now = resolve();
        if (now.isEmpty()) {
            throw new IllegalStateException("the name " + name + " has no address");
        }
        return now.get(index % now.size());
    }

    @Override
    public int size() {
        return Math.max(1, known.size());
    }
}

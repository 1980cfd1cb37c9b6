package chat.parlance.limit;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Number of open connections of each user, address or server on this node, with a limit. May be called from any thread.
 *
 * @param <K> owner of the connections
 */
public final class OpenConnections<K> {

    private final int max;
    private final ErrorCode refusal;
    private final Map<K, Integer> open = new ConcurrentHashMap<>();

    /**
     * @param max the most connections of one owner
     * @param refusal error code beyond that
     */
    public OpenConnections(int max, ErrorCode refusal) {
        this.max = max;
        this.refusal = refusal;
    }

    /** @throws ChatException when the limit is reached; then nothing was opened */
    void open(K owner) {
        if (open.merge(owner, 1, Integer::sum) > max) {
            close(owner);
            throw new ChatException(refusal);
        }
    }

    void close(K owner) {
        open.computeIfPresent(owner, (same, connections) -> connections == 1 ? null : connections - 1);
    }

    /**
     * Opens a connection that counts until its slot is closed.
     *
     * @throws ChatException when the limit is reached
     */
    public Slot take(K owner) {
        open(owner);
        return new Slot(() -> close(owner));
    }

    int count(K owner) {
        return open.getOrDefault(owner, 0);
    }
}

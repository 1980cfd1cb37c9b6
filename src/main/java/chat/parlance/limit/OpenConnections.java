package chat.parlance.limit;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each user has open on this node. May be called from any thread. */
final class OpenConnections {

    private final int max;
    private final Map<UserId, Integer> open = new ConcurrentHashMap<>();

    /** @param max connections of one user */
    OpenConnections(int max) {
        this.max = max;
    }

    /** @throws ChatException with {@code connection.limit}; then nothing was opened */
    void open(UserId user) {
        if (open.merge(user, 1, Integer::sum) > max) {
            close(user);
            throw new ChatException(ErrorCode.CONNECTION_LIMIT);
        }
    }

    void close(UserId user) {
        open.computeIfPresent(user, (same, connections) -> connections == 1 ? null : connections - 1);
    }
}

package chat.parlance.persistence;

import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * This node's own group commit, while its verticle is deployed. It has no address, so no other node can use it. May be used
 * from any event loop.
 */
final class LocalCommit {

    /**
     * @param context of the event loop that the group commit belongs to
     */
    record Open(Context context, GroupCommit commit) {}

    private volatile @Nullable Open open;

    void open(Context context, GroupCommit commit) {
        open = new Open(context, commit);
    }

    /** Closes the path: every later event is refused. */
    void close() {
        open = null;
    }

    /** Null while the verticle is not deployed. */
    @Nullable
    Open whenOpen() {
        return open;
    }
}

package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the threads that a user follows, unread ones first, then by their last reply.
 *
 * @param unread number of unread threads, of all pages
 * @param mentions the unread mentions of the user in them, counted up to {@link Unread#MAX_COUNT}
 * @param next start of the next page, null on the last
 */
public record ThreadPage(
        List<FollowedThread> threads,
        int unread,
        int mentions,
        @Nullable ThreadPlace next) {

    /** Limit of a user's list: it has the threads that the user followed last. */
    public static final int MAX_THREADS = 1000;

    public ThreadPage {
        threads = List.copyOf(threads);
    }
}

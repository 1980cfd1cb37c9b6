package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the threads that a user follows, those with something unread first, then by their last reply.
 *
 * @param unread the threads with something unread, of all pages
 * @param mentions the unread mentions of the user in them, counted up to {@link Unread#MAX_COUNT}
 * @param next where the next page begins, null on the last
 */
public record ThreadPage(
        List<FollowedThread> threads,
        int unread,
        int mentions,
        @Nullable ThreadPlace next) {

    /** The list ends here: of the threads that a user follows it has those that it began to follow last. */
    public static final int MAX_THREADS = 1000;

    public ThreadPage {
        threads = List.copyOf(threads);
    }
}

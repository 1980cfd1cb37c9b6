package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.Target;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.ThreadPage;
import chat.parlance.model.ThreadPlace;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Threads that users follow. A message stands for the thread that it belongs to, or would begin; an answer is empty
 * when the user is not a member of the room, or when there is no such message.
 */
public interface ThreadStore {

    Future<Optional<ThreadMarker>> find(UserId user, RoomId room, long message);

    /**
     * Follows the thread or stops following it. A thread that was not followed before is then read up to the room's
     * head.
     */
    Future<Optional<ThreadMarker>> follow(UserId user, RoomId room, long message, boolean following);

    /**
     * Moves the marker of a thread that the user follows to the target, never back and never past the room's head.
     *
     * <p>Fails with {@code history.changed} when the event at the target's seq has another stamp.
     */
    Future<Optional<ThreadMarker>> markRead(UserId user, RoomId room, long message, Target target);

    /** Followed threads in rooms that the user has joined. */
    Future<ThreadPage> list(UserId user, @Nullable ThreadPlace after, int limit);
}

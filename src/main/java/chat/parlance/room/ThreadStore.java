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
 * The threads that users follow. A message means the thread that it is in, or would begin; what a method answers is empty when
 * the user is no member of the room, or when there is no such message.
 */
public interface ThreadStore {

    Future<Optional<ThreadMarker>> find(UserId user, RoomId room, long message);

    /** Follows the thread, which is then read up to the room's head if it was not followed, or follows it no more. */
    Future<Optional<ThreadMarker>> follow(UserId user, RoomId room, long message, boolean following);

    /**
     * Moves the marker of a thread that the user follows to the target, never back and never past the room's head.
     *
     * <p>Fails with {@code history.changed} when the event with the target's seq has another stamp.
     */
    Future<Optional<ThreadMarker>> markRead(UserId user, RoomId room, long message, Target target);

    /** The threads of the rooms that the user is in. */
    Future<ThreadPage> list(UserId user, @Nullable ThreadPlace after, int limit);
}

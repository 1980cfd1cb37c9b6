package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.SavedPage;
import chat.parlance.model.SavedPlace;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages that users keep for themselves. */
public interface SavedStore {

    /** The most that one user can keep. */
    int MAX_SAVED = 1000;

    /** What became of a message that a user wanted to keep. */
    enum Outcome {
        SAVED,
        /** The list is full. */
        FULL,
        /** The event with this seq has another stamp. */
        OTHER_STAMP
    }

    /** Saves a message; empty when the user is no member of the room, or when there is no such message. */
    Future<Optional<Outcome>> save(UserId user, RoomId room, Target message);

    /** Removes a message, whether it is there or not. */
    Future<Void> remove(UserId user, RoomId room, long seq);

    /** Those of rooms that the user is in. */
    Future<SavedPage> list(UserId user, @Nullable SavedPlace after, int limit);
}

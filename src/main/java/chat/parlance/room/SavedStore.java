package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.SavedPage;
import chat.parlance.model.SavedPlace;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saved messages of users. */
public interface SavedStore {

    /** Limit of saved messages of one user. */
    int MAX_SAVED = 1000;

    /** Outcome of saving a message. */
    enum Outcome {
        SAVED,
        /** The list is full. */
        FULL,
        /** The event at this seq has another stamp. */
        OTHER_STAMP
    }

    /** Saves a message; empty when the user is not a member of the room, or if there is no such message. */
    Future<Optional<Outcome>> save(UserId user, RoomId room, Target message);

    /** Removes a message from the list, if it is there. */
    Future<Void> remove(UserId user, RoomId room, long seq);

    /** Saved messages in rooms that the user has joined. */
    Future<SavedPage> list(UserId user, @Nullable SavedPlace after, int limit);
}

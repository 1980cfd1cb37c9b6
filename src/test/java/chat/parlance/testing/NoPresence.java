package chat.parlance.testing;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.Presence;
import chat.parlance.room.RoomPresence;
import java.util.List;
import java.util.function.Consumer;

/** Presence without a listener: no user enters or leaves. */
public final class NoPresence implements Presence, Presence.Listener {

    @Override
    public Presence.Listener listen(Consumer<List<RoomPresence>> listener) {
        return this;
    }

    @Override
    public void enter(RoomId room, UserId user) {}

    @Override
    public void exit(RoomId room, UserId user) {}

    @Override
    public void close() {}
}

package chat.parlance.persistence;

import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * Rules for the events of one batch: no sender uses one client id twice in a room, and no message is changed twice,
 * because the second change must see the first.
 */
final class BatchRules {

    private record Send(RoomId room, UserId sender, ClientId id) {}

    private record Target(RoomId room, long seq) {}

    private final Set<Send> sends = new HashSet<>();
    private final Set<Target> changed = new HashSet<>();

    /**
     * Adds the event to the batch if the rules allow it beside those admitted before.
     *
     * @return true when it was added
     */
    boolean admits(NewEvent event) {
        Send send = new Send(event.room(), event.sender(), event.body().id());
        Long seq =
                event.body() instanceof EventBody.Message ? null : event.body().target();
        Target target = seq == null ? null : new Target(event.room(), seq);
        if (sends.contains(send) || (target != null && changed.contains(target))) {
            return false;
        }
        sends.add(send);
        if (target != null) {
            changed.add(target);
        }
        return true;
    }
}

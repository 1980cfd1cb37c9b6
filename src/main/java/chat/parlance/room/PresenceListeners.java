package chat.parlance.room;

import chat.parlance.model.UserId;
import java.util.HashSet;
import java.util.Set;

/** The connections of one event loop that follow a room, and the presence that each was last sent. */
final class PresenceListeners {

    /** A count without names is sent again when it has changed by at least one hundredth of itself. */
    private static final int TOLD_PART = 100;

    private final Set<Subscription> informed = new HashSet<>();
    private final Set<Subscription> newcomers = new HashSet<>();
    private boolean large;
    private int told;

    /**
     * Adds a connection, which is sent the whole presence. Also for one that was absent and may have missed changes.
     */
    void add(Subscription subscription) {
        informed.remove(subscription);
        newcomers.add(subscription);
    }

    /** @return true when no connection is left */
    boolean remove(Subscription subscription) {
        if (!newcomers.remove(subscription)) {
            informed.remove(subscription);
        }
        return newcomers.isEmpty() && informed.isEmpty();
    }

    /** True when the room has too many users present to send their names. */
    boolean isLarge() {
        return large;
    }

    /** Sends the whole presence to new connections, and the changes to the others. */
    void tell(RoomPresence now) {
        boolean grows = now.users() == null && !large;
        boolean shrinks = now.users() != null && large;
        RoomPresence whole = now.whole();
        boolean drifts = Math.abs(now.count() - told) * TOLD_PART >= told;
        if (grows || shrinks || (large && drifts)) {
            informed.forEach(subscription -> subscription.subscriber().presence(whole));
            told = now.count();
        } else if (!large && now.hasChanges()) {
            RoomPresence changes = now.changes();
            informed.forEach(subscription -> subscription.subscriber().presence(changes));
        }
        large = now.users() == null;
        newcomers.forEach(subscription -> subscription.subscriber().presence(whole));
        informed.addAll(newcomers);
        newcomers.clear();
    }

    /** Sends a typing notice to all connections but those of the typing user. */
    void tell(Signal.Typing typing) {
        if (!large) {
            tell(newcomers, typing);
            tell(informed, typing);
        }
    }

    private static void tell(Set<Subscription> some, Signal.Typing typing) {
        UserId typist = typing.user();
        some.stream()
                .map(Subscription::subscriber)
                .filter(subscriber -> !subscriber.user().equals(typist))
                .forEach(subscriber -> subscriber.signal(typing));
    }
}

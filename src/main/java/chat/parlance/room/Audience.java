package chat.parlance.room;

import chat.parlance.model.UserId;
import java.util.HashSet;
import java.util.Set;

/** The connections of one event loop that follow a room, and what they know of who is there. */
final class Audience {

    /** A count without names is told again when it has changed by this part of itself. */
    private static final int TOLD_PART = 100;

    private final Set<Subscription> informed = new HashSet<>();
    private final Set<Subscription> newcomers = new HashSet<>();
    private boolean large;
    private int told;

    /** Also for one that was away, and may have missed something. */
    void add(Subscription subscription) {
        informed.remove(subscription);
        newcomers.add(subscription);
    }

    /** @return whether nobody is left */
    boolean remove(Subscription subscription) {
        if (!newcomers.remove(subscription)) {
            informed.remove(subscription);
        }
        return newcomers.isEmpty() && informed.isEmpty();
    }

    /** Whether there are so many in the room that nobody is named. */
    boolean isLarge() {
        return large;
    }

    /** Tells the newcomers how it is, and the others what has changed. */
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

    /** Says to all but the user's own connections that it is typing. */
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

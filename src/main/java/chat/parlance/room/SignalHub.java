package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands what is not kept to the connections of one event loop that it is for: signals, and who is in the rooms they
 * follow; {@link UserHub} has what is for a user. All methods are called on that event loop.
 */
public final class SignalHub {

    private final SignalBus bus;
    private final SignalLimits limits;
    private final SignalBus.Registration registration;
    private final Presence.Listener presence;
    private final UserHub users;
    private final Map<RoomId, Audience> audiences = new HashMap<>();

    /** Makes a hub on the calling event loop. */
    public SignalHub(
            SignalBus bus,
            Presence presence,
            RoomService rooms,
            ThreadService threads,
            StoreWatch watch,
            Scheduler scheduler,
            SignalLimits limits) {
        this.bus = bus;
        this.limits = limits;
        this.users = new UserHub(rooms, threads, watch, scheduler);
        this.registration = bus.listen(this::hand);
        this.presence = presence.listen(this::tell);
    }

    /** From now on the connection is told what concerns its user. */
    public void add(UserId user, UserConnection connection) {
        users.add(user, connection);
    }

    public void remove(UserId user, UserConnection connection) {
        users.remove(user, connection);
    }

    /** The connection follows a room: it is told who is there. Whether its own user is, {@link #setPresent} says. */
    public void enter(Subscription subscription) {
        audiences.computeIfAbsent(subscription.room(), first -> new Audience()).add(subscription);
    }

    /** No longer. */
    public void exit(Subscription subscription) {
        setPresent(subscription, false);
        Audience audience = audiences.get(subscription.room());
        if (audience != null && audience.remove(subscription)) {
            audiences.remove(subscription.room());
        }
    }

    /** The user is in the room by this connection, or is not any more. */
    public void setPresent(Subscription subscription, boolean present) {
        if (subscription.setPresent(present)) {
            UserId user = subscription.subscriber().user();
            if (present) {
                enter(subscription);
                presence.enter(subscription.room(), user);
            } else {
                presence.exit(subscription.room(), user);
            }
        }
    }

    /**
     * Tells the others in the room that the user is typing, unless the same connection has told it just now, or there are
     * too many to tell.
     *
     * @throws chat.parlance.error.ChatException with {@code room.muted}
     */
    public void typing(Subscription subscription, long nowMs) {
        RoomRules.checkTyping(subscription.isMuted());
        Audience audience = audiences.get(subscription.room());
        if (audience != null && !audience.isLarge() && subscription.beginTyping(nowMs, limits.typingIntervalMs())) {
            bus.publish(new Signal.Typing(
                    subscription.room(), subscription.subscriber().user()));
        }
    }

    /** Stops listening. */
    public void close() {
        registration.close();
        presence.close();
        users.close();
    }

    private void hand(Signal signal) {
        switch (signal) {
            case Signal.Typing typing -> {
                Audience audience = audiences.get(typing.room());
                if (audience != null) {
                    audience.tell(typing);
                }
            }
            case Signal.Read read -> users.tell(read);
            case Signal.Preferred preferred -> users.tell(preferred);
            case Signal.ThreadState thread -> users.tell(thread);
            case Signal.Saved saved -> users.tell(saved);
            case Signal.Standing standing -> users.refresh(standing.room(), standing.user());
        }
    }

    private void tell(List<RoomPresence> changed) {
        for (RoomPresence now : changed) {
            Audience audience = audiences.get(now.room());
            if (audience != null) {
                audience.tell(now);
            }
        }
    }
}

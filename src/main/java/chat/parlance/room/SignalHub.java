package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends what is not stored to the connections of one event loop: signals, and the presence in the rooms they follow;
 * {@link UserHub} sends what is for one user alone. All methods are called on that event loop.
 */
public final class SignalHub {

    private final SignalBus bus;
    private final SignalLimits limits;
    private final SignalBus.Registration registration;
    private final Presence.Listener presence;
    private final UserHub users;
    private final Map<RoomId, PresenceListeners> audiences = new HashMap<>();

    /** Creates a hub on the calling event loop. */
    public SignalHub(
            SignalBus bus,
            Presence presence,
            RoomService rooms,
            ThreadService threads,
            StorePoll watch,
            Scheduler scheduler,
            SignalLimits limits) {
        this.bus = bus;
        this.limits = limits;
        this.users = new UserHub(rooms, threads, watch, scheduler);
        this.registration = bus.listen(this::hand);
        this.presence = presence.listen(this::tell);
    }

    /** Adds a connection, which from now on receives the signals for its user. */
    public void add(UserId user, UserConnection connection) {
        users.add(user, connection);
    }

    public void remove(UserId user, UserConnection connection) {
        users.remove(user, connection);
    }

    /**
     * Adds a subscription, whose connection receives the room's presence. {@link #setPresent} sets the presence of its
     * own user.
     */
    public void enter(Subscription subscription) {
        audiences
                .computeIfAbsent(subscription.room(), first -> new PresenceListeners())
                .add(subscription);
    }

    /** Removes a subscription. */
    public void exit(Subscription subscription) {
        setPresent(subscription, false);
        PresenceListeners audience = audiences.get(subscription.room());
        if (audience != null && audience.remove(subscription)) {
            audiences.remove(subscription.room());
        }
    }

    /** Sets if the user counts as present in the room by this connection. */
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
     * Sends a typing notice of the user to the others in the room, unless the same connection sent one just now, or the
     * room has too many users present.
     *
     * @throws chat.parlance.error.ChatException with {@code room.muted}
     */
    public void typing(Subscription subscription, long nowMs) {
        RoomRules.checkTyping(subscription.isMuted());
        PresenceListeners audience = audiences.get(subscription.room());
        if (audience != null && !audience.isLarge() && subscription.beginTyping(nowMs, limits.typingIntervalMs())) {
            bus.publish(new Signal.Typing(
                    subscription.room(), subscription.subscriber().user()));
        }
    }

    /** Closes the listeners. */
    public void close() {
        registration.close();
        presence.close();
        users.close();
    }

    private void hand(Signal signal) {
        switch (signal) {
            case Signal.Typing typing -> {
                PresenceListeners audience = audiences.get(typing.room());
                if (audience != null) {
                    audience.tell(typing);
                }
            }
            case Signal.Read read -> users.tell(read);
            case Signal.Preferred preferred -> users.tell(preferred);
            case Signal.ThreadState thread -> users.tell(thread);
            case Signal.Saved saved -> users.tell(saved);
            case Signal.MembershipChanged membership -> users.refresh(membership.room(), membership.user());
        }
    }

    private void tell(List<RoomPresence> changed) {
        for (RoomPresence now : changed) {
            PresenceListeners audience = audiences.get(now.room());
            if (audience != null) {
                audience.tell(now);
            }
        }
    }
}

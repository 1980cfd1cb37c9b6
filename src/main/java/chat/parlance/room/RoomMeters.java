package chat.parlance.room;

/** What the hubs count. May be called from any event loop. */
public interface RoomMeters {

    /** A hole or a missed head made a hub read {@code events} events from the store. */
    void gapRead(int events);

    /** A batch of {@code events} went to {@code subscribers} connections. */
    void delivered(int events, int subscribers);

    /** A room's events were ahead of the store, so that its live connections were reset. */
    void rewound();

    /** {@code events} of the bus were passed over, because the node's knowledge is too old to show anything. */
    void fenced(int events);
}

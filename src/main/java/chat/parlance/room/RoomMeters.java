package chat.parlance.room;

/** Counters of the hubs. May be called from any event loop. */
public interface RoomMeters {

    /** A hub read {@code events} events from the store, because of a hole or a missed head. */
    void gapRead(int events);

    /** A batch of {@code events} was delivered to {@code subscribers} connections. */
    void delivered(int events, int subscribers);

    /** A room's events were ahead of the store, so that its live connections were reset. */
    void rewound();

    /** {@code events} events of the bus were discarded, because the node was fenced. */
    void fenced(int events);

    /** A reader got a page of history. */
    void paged(PageOrigin origin);

    /** The memory of the tails grew by {@code bytes}, or shrank by as many when they are negative. */
    void tailsGrew(long bytes);
}

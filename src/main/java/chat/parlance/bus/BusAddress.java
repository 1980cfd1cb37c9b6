package chat.parlance.bus;

/** Every address of the event bus. */
public final class BusAddress {

    /** Requests to append messages; any node with the persistence role answers. */
    public static final String APPEND = "parlance.append";

    /** Rooms with members on a node, published to all nodes. */
    public static final String ROOMS = "parlance.rooms";

    /** Users in rooms, published to all nodes. */
    public static final String PRESENCE = "parlance.presence";

    private BusAddress() {}

    /** Committed events for one node. One address a node, not one a room, because registrations are expensive. */
    public static String events(String node) {
        return "parlance.events." + node;
    }

    /** Signals for one node. */
    public static String signals(String node) {
        return "parlance.signals." + node;
    }

    /** Token usage of users' rate limits, for one node. */
    public static String usage(String node) {
        return "parlance.usage." + node;
    }
}

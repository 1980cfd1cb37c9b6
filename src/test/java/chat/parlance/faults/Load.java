package chat.parlance.faults;

/**
 * Load of the clients.
 *
 * @param clients spread over the nodes, each in one room
 * @param rooms with the same number of clients each
 * @param sendEveryMs the pause of a client between an acknowledgement and its next send
 * @param textBytes the length of a message
 */
record Load(int clients, int rooms, int sendEveryMs, int textBytes) {

    private static final int TEXT_BYTES = 100;

    static Load of(int clients, int rooms, int sendEveryMs) {
        return new Load(clients, rooms, sendEveryMs, TEXT_BYTES);
    }

    /** First node of a client: the clients of one room are spread over all nodes. */
    static int home(int client, int rooms, int nodes) {
        return client / rooms % nodes;
    }
}

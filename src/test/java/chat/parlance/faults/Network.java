package chat.parlance.faults;

import chat.parlance.testing.Ports;
import java.util.List;
import java.util.stream.IntStream;

/** The hosts of the suite: each in a network namespace of its own, or all on loopback if that is not allowed. */
sealed interface Network extends AutoCloseable {

    int NODES = 3;

    /** The hosts of the nodes. */
    List<Host> nodes();

    Host database();

    /** Host of a second Postgres. */
    Host standby();

    /** Port for a host: the wished one if each host has ports of its own, else a free one. */
    int port(int wished);

    @Override
    void close();

    /**
     * All on this machine's loopback.
     *
     * @param reason why there are no namespaces
     */
    record Loopback(String reason) implements Network {

        @Override
        public List<Host> nodes() {
            return IntStream.range(0, NODES).mapToObj(i -> host("node" + i)).toList();
        }

        @Override
        public Host database() {
            return host("database");
        }

        @Override
        public Host standby() {
            return host("standby");
        }

        @Override
        public int port(int wished) {
            return Ports.free();
        }

        @Override
        public void close() {
            // Nothing was created.
        }

        private static Host host(String name) {
            return new Host(name, "127.0.0.1", List.of());
        }
    }

    /** Hosts whose links can be cut and slowed. */
    record Namespaced(Namespaces namespaces, List<Host> nodes, Host database, Host standby) implements Network {

        @Override
        public int port(int wished) {
            return wished;
        }

        @Override
        public void close() {
            namespaces.close();
        }
    }

    /** Namespaces when this process may make them, else loopback. */
    static Network create() {
        try {
            Namespaces namespaces = Namespaces.create();
            List<Host> nodes = IntStream.range(0, NODES)
                    .mapToObj(i -> namespaces.host("node" + i))
                    .toList();
            return new Namespaced(namespaces, nodes, namespaces.host("database"), namespaces.host("standby"));
        } catch (IllegalStateException refused) {
            return new Loopback(String.valueOf(refused.getMessage()));
        }
    }
}

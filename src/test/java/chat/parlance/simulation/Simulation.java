package chat.parlance.simulation;

import chat.parlance.testing.ContractChecker;
import java.util.ArrayList;
import java.util.List;

/**
 * One schedule: three nodes, a database, a bus and some clients in one thread and one simulated time, with trouble of
 * every kind for a while and then peace, in which all has to come right.
 */
final class Simulation {

    private static final int NODES = 3;
    private static final int CLIENTS = 5;
    private static final int TROUBLE_MS = 6000;
    private static final int PEACE_MS = 60_000;
    private static final int STEP_MS = 500;

    private final Clockwork clockwork;
    private final Variant variant;
    private final SimulatedDatabase database;
    private final SimulatedBus bus;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private boolean peace;

    private Simulation(long seed, Variant variant) {
        this.clockwork = new Clockwork(seed);
        this.variant = variant;
        this.database = new SimulatedDatabase(clockwork, variant);
        this.bus = new SimulatedBus(clockwork);
    }

    /**
     * @param acked how many sends were acknowledged
     * @param violations what broke the contract, empty when nothing did
     */
    record Result(int acked, List<ContractChecker.Violation> violations) {}

    static Result run(long seed, Variant variant) {
        return new Simulation(seed, variant).run();
    }

    Variant variant() {
        return variant;
    }

    SimulatedNode anyNode() {
        return nodes.get(clockwork.dice(NODES));
    }

    private Result run() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(node());
        }
        for (int i = 0; i < CLIENTS; i++) {
            SimulatedClient client = new SimulatedClient(this, clockwork, "client-" + i);
            clients.add(client);
            client.begin();
        }
        bus.setTrouble(clockwork.chance(0.3) ? 0 : clockwork.dice(40) / 100.0);
        database.setTrouble(clockwork.chance(0.3) ? 0 : clockwork.dice(20) / 100.0);
        clockwork.after(clockwork.dice(300), this::strike);
        clockwork.runUntil(TROUBLE_MS);
        peace = true;
        bus.setTrouble(0);
        bus.setDeaf(false);
        database.setTrouble(0);
        database.setDown(false);
        nodes.forEach(SimulatedNode::thaw);
        clients.forEach(SimulatedClient::stop);
        long end = TROUBLE_MS + PEACE_MS;
        while (clockwork.nowMs() < end && !clients.stream().allMatch(client -> client.isIdle(database.head()))) {
            clockwork.runUntil(clockwork.nowMs() + STEP_MS);
        }
        List<ContractChecker.Log> logs =
                clients.stream().map(SimulatedClient::log).toList();
        return new Result(
                logs.stream().mapToInt(log -> log.sends().size()).sum(),
                ContractChecker.check(
                        logs,
                        database.history().stream().map(SimulatedDatabase::seen).toList()));
    }

    private SimulatedNode node() {
        SimulatedNode node = new SimulatedNode(clockwork, database, bus, variant);
        bus.add(node);
        return node;
    }

    /** One fault now, and the next one soon. */
    private void strike() {
        if (peace) {
            return;
        }
        int index = clockwork.dice(NODES);
        SimulatedNode node = nodes.get(index);
        switch (clockwork.dice(6)) {
            case 0 -> {
                node.kill();
                nodes.set(index, node());
                clients.stream().filter(client -> client.isOn(node)).forEach(SimulatedClient::cut);
            }
            case 1 -> {
                node.freeze();
                clockwork.after(clockwork.dice(5000), node::thaw);
            }
            case 2 -> {
                bus.setDeaf(true);
                clockwork.after(clockwork.dice(3000), () -> bus.setDeaf(false));
            }
            case 3 -> {
                database.setDown(true);
                clockwork.after(clockwork.dice(1500), () -> database.setDown(false));
            }
            default -> clients.get(clockwork.dice(CLIENTS)).cut();
        }
        clockwork.after(100 + clockwork.dice(1500), this::strike);
    }
}

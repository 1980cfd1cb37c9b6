package chat.parlance.simulation;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.ContractChecker.Send;
import java.util.ArrayList;
import java.util.List;

/**
 * One schedule: three nodes, a database, a bus and some clients in one thread and one simulated time, with trouble of
 * every kind for a while, members who come and go, and then peace, in which all has to come right.
 */
final class Simulation {

    private static final int NODES = 3;
    private static final int CLIENTS = 5;
    private static final int TROUBLE_MS = 6000;
    private static final int PEACE_MS = 60_000;
    private static final int STEP_MS = 500;
    private static final int LONG_LOCK_MS = 4000;
    private static final int SHORT_LOCK_MS = 20;
    private static final int CONTENTION_MS = 200;

    /** About as many events as a room has in the time that is lost. */
    private static final int LOST_EVENTS = 15;

    private final Clockwork clockwork;
    private final Variant variant;
    private final SimulatedDatabase database;
    private final SimulatedBus bus;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private long slowReaders;
    private long resets;
    private boolean wentBack;
    private boolean peace;

    private Simulation(long seed, Variant variant) {
        this.clockwork = new Clockwork(seed);
        this.variant = variant;
        this.database = new SimulatedDatabase(clockwork, variant);
        this.bus = new SimulatedBus(clockwork);
    }

    /**
     * @param acked how many sends were acknowledged
     * @param refused how many were refused for good
     * @param removals how often a client left a room, or was kicked or banned
     * @param slowReaders how many connections were cut for being too far behind
     * @param passedOver how often an event was not stored because its room was locked
     * @param resets how often a client was told that nothing it has of a room is sure
     * @param violations what broke the contract, empty when nothing did
     */
    record Result(
            long acked,
            long refused,
            long removals,
            long slowReaders,
            long passedOver,
            long resets,
            List<ContractChecker.Violation> violations) {}

    static Result run(long seed, Variant variant) {
        return new Simulation(seed, variant).run();
    }

    Variant variant() {
        return variant;
    }

    SimulatedNode anyNode() {
        return nodes.get(clockwork.dice(NODES));
    }

    RoomId anyRoom() {
        return SimulatedDatabase.ROOMS.get(clockwork.dice(SimulatedDatabase.ROOMS.size()));
    }

    /** A connection was cut because its reader was too far behind. */
    void noteSlowReader() {
        slowReaders++;
    }

    /** A client was told that nothing it has of a room is sure. */
    void noteReset() {
        resets++;
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
        clockwork.after(clockwork.dice(600), this::moveMembers);
        clockwork.after(clockwork.dice(300), this::contend);
        if (clockwork.chance(0.5)) {
            clockwork.after(1 + clockwork.dice(TROUBLE_MS / 2), this::goBack);
        }
        clockwork.runUntil(TROUBLE_MS);
        peace = true;
        bus.setTrouble(0);
        bus.setDeaf(false);
        database.setTrouble(0);
        database.setDown(false);
        database.unlock();
        nodes.forEach(SimulatedNode::thaw);
        clients.forEach(SimulatedClient::stop);
        long end = TROUBLE_MS + PEACE_MS;
        while (clockwork.nowMs() < end && !isSettled()) {
            pardon();
            clockwork.runUntil(clockwork.nowMs() + STEP_MS);
        }
        return result();
    }

    private Result result() {
        List<ContractChecker.Violation> violations = new ArrayList<>();
        if (resets > 0 && !wentBack) {
            violations.add(new ContractChecker.Violation(
                    "I8", ContractChecker.Breach.STALE, "a client was told to drop what is still there"));
        }
        List<Send> sends = new ArrayList<>();
        long removals = 0;
        for (RoomId room : SimulatedDatabase.ROOMS) {
            List<ContractChecker.Log> logs = clients.stream()
                    .map(client -> client.log(room, this::known))
                    .toList();
            List<Event> history = database.room(room).history();
            violations.addAll(ContractChecker.check(
                    logs, history.stream().map(RoomNotes::seen).toList()));
            logs.forEach(log -> sends.addAll(log.sends()));
            removals += history.stream().filter(Simulation::isRemoval).count();
        }
        return new Result(
                sends.stream().filter(send -> send.ackedSeq() != null).count(),
                sends.stream().filter(Send::refused).count(),
                removals,
                slowReaders,
                database.passedOver(),
                resets,
                violations);
    }

    /** The acknowledgement of what was lost with the database says nothing. */
    private Send known(Send send) {
        return database.hasLost(send.id())
                ? new Send(send.id(), null, send.refused(), send.sentAt(), send.answeredAt())
                : send;
    }

    private static boolean isRemoval(Event event) {
        return event.body() instanceof EventBody.Membership membership
                && membership.change().endsMembership();
    }

    private boolean isSettled() {
        return SimulatedDatabase.ROOMS.stream().allMatch(room -> {
            Cursor head = database.room(room).end();
            return clients.stream().allMatch(client -> client.isIdle(room, head));
        });
    }

    /** Lets everybody come back. */
    private void pardon() {
        for (RoomId room : SimulatedDatabase.ROOMS) {
            for (SimulatedClient client : clients) {
                if (database.room(room).isBanned(client.user())) {
                    change(room, client, MembershipChange.UNBANNED);
                }
            }
        }
    }

    private SimulatedNode node() {
        SimulatedNode node = new SimulatedNode(clockwork, database, bus, variant);
        bus.add(node);
        return node;
    }

    /** The database is restored to what it is now, while clients stay, or are all away until their seqs are given again. */
    private void goBack() {
        database.goBack(1 + clockwork.dice(clockwork.chance(0.5) ? 300 : TROUBLE_MS / 2), () -> {
            wentBack = true;
            if (clockwork.chance(0.5)) {
                int passed = clockwork.dice(2 * LOST_EVENTS);
                clients.forEach(client -> client.goAway(clockwork.dice(2000)));
                SimulatedDatabase.ROOMS.forEach(room -> database.store(room, passed));
            }
        });
    }

    /** One fault now, and the next one soon. */
    private void strike() {
        if (peace) {
            return;
        }
        int index = clockwork.dice(NODES);
        SimulatedNode node = nodes.get(index);
        switch (clockwork.dice(7)) {
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
            case 4 -> database.lock(anyRoom(), clockwork.dice(LONG_LOCK_MS));
            default -> clients.get(clockwork.dice(CLIENTS)).cut();
        }
        clockwork.after(100 + clockwork.dice(1500), this::strike);
    }

    /** Another transaction has a room for a moment, as the batch of another node has. */
    private void contend() {
        if (!peace) {
            database.lock(anyRoom(), clockwork.dice(SHORT_LOCK_MS));
            clockwork.after(clockwork.dice(CONTENTION_MS), this::contend);
        }
    }

    /** Somebody goes or is sent away, or may not speak for a while. */
    private void moveMembers() {
        if (peace) {
            return;
        }
        RoomId room = anyRoom();
        SimulatedClient client = clients.get(clockwork.dice(CLIENTS));
        switch (clockwork.dice(6)) {
            case 0, 1 -> client.leave(room);
            case 2, 3 -> change(room, client, MembershipChange.KICKED);
            case 4 -> {
                change(room, client, MembershipChange.BANNED);
                clockwork.after(clockwork.dice(1500), () -> change(room, client, MembershipChange.UNBANNED));
            }
            default -> {
                change(room, client, MembershipChange.MUTED);
                clockwork.after(clockwork.dice(1500), () -> change(room, client, MembershipChange.UNMUTED));
            }
        }
        clockwork.after(100 + clockwork.dice(800), this::moveMembers);
    }

    /** Asks once; a node that is frozen, or a database that is down, may not do it. */
    private void change(RoomId room, SimulatedClient client, MembershipChange change) {
        SimulatedNode node = anyNode();
        node.execute(() -> node.change(SimulatedDatabase.OWNER, room, client.user(), change));
    }
}

package chat.parlance.simulation;

import chat.parlance.error.ChatException;
import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.room.PageOrigin;
import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.ContractChecker.Send;
import java.util.ArrayList;
import java.util.List;

/**
 * One schedule: three nodes, a database, a bus and some clients in one thread and one simulated time, with faults of
 * every kind for a while, members who come and go, and then a quiet time, in which everything must recover.
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

    private static final int READERS = 4;
    private static final int READING_MS = 100;

    /** Typical number of events that a room gets in the lost time. */
    private static final int LOST_EVENTS = 15;

    private final Clockwork clockwork;
    private final Variant variant;
    private final SimulatedDatabase database;
    private final SimulatedBus bus;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final PageCounter pages = new PageCounter();
    private final List<ContractChecker.Violation> misread = new ArrayList<>();
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
     * @param acked number of acknowledged sends
     * @param refused number of finally refused sends
     * @param removals number of times that a client left a room, or was kicked or banned
     * @param slowReaders number of connections that were cut for being too far behind
     * @param passedOver number of events that were not stored with their batch because their room was locked
     * @param resets number of resets from 0
     * @param pagesFromMemory number of pages of history that a tail answered
     * @param violations violations of the contract, empty when there are none
     */
    record Result(
            long acked,
            long refused,
            long removals,
            long slowReaders,
            long passedOver,
            long resets,
            long pagesFromMemory,
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

    /** A client got a reset from 0. */
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
        clockwork.after(clockwork.dice(300), this::moderate);
        clockwork.after(clockwork.dice(300), this::read);
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
        List<ContractChecker.Violation> violations = new ArrayList<>(misread);
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
                pages.pages(PageOrigin.MEMORY),
                violations);
    }

    /** A send as known to an observer: an acknowledgement of an event lost with the database does not count. */
    private Send known(Send send) {
        return database.hasLost(send.id())
                ? new Send(send.id(), null, send.refused(), send.sentAt(), send.answeredAt())
                : send;
    }

    private static boolean isRemoval(Event event) {
        return event.body() instanceof EventBody.MembershipChanged membership
                && membership.change().endsMembership();
    }

    private boolean isSettled() {
        return SimulatedDatabase.ROOMS.stream().allMatch(room -> {
            Cursor head = database.room(room).end();
            return clients.stream().allMatch(client -> client.isIdle(room, head));
        });
    }

    /** Ends all bans. */
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
        SimulatedNode node = new SimulatedNode(clockwork, database, bus, variant, pages);
        bus.add(node);
        return node;
    }

    /**
     * Restores the database later to its present state, while clients stay connected, or are all away until their seqs
     * are allocated again.
     */
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

    /** Locks a room for a moment, as the batch of another node does. */
    private void contend() {
        if (!peace) {
            database.lock(anyRoom(), clockwork.dice(SHORT_LOCK_MS));
            clockwork.after(clockwork.dice(CONTENTION_MS), this::contend);
        }
    }

    /** Posts or deletes a message of the owner. */
    private void moderate() {
        if (peace) {
            return;
        }
        SimulatedNode node = anyNode();
        List<Event> events = database.moderate(anyRoom());
        node.execute(() -> node.publish(events));
        clockwork.after(100 + clockwork.dice(400), this::moderate);
    }

    /** Some clients read the newest page of one room at the same node, one after the other. */
    private void read() {
        if (peace) {
            return;
        }
        SimulatedNode node = anyNode();
        RoomId room = anyRoom();
        for (int i = 0; i < READERS; i++) {
            SimulatedClient client = clients.get(clockwork.dice(CLIENTS));
            clockwork.after(clockwork.dice(READING_MS), () -> read(node, room, client));
        }
        clockwork.after(clockwork.dice(READING_MS), this::read);
    }

    private void read(SimulatedNode node, RoomId room, SimulatedClient client) {
        Reading reading = database.beginReading(room, client.user());
        node.execute(() -> node.newest(client.user(), room).onComplete(read -> {
            database.endReading(reading);
            (read.succeeded()
                            ? reading.answered(read.result())
                            : reading.refused(ChatException.of(read.cause()).code()))
                    .ifPresent(misread::add);
        }));
    }

    /** Removes or mutes a member for a while, or lets one leave. */
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

    /** Requests a change once; a frozen node, or a failed database, may not apply it. */
    private void change(RoomId room, SimulatedClient client, MembershipChange change) {
        SimulatedNode node = anyNode();
        node.execute(() -> node.change(SimulatedDatabase.OWNER, room, client.user(), change));
    }
}

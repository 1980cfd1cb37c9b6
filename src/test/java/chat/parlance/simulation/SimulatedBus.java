package chat.parlance.simulation;

import chat.parlance.model.Event;
import java.util.ArrayList;
import java.util.List;

/** A bus that drops, duplicates, delays and reorders, and at times delivers nothing. */
final class SimulatedBus {

    private final Clockwork clockwork;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private double trouble;
    private boolean deaf;

    SimulatedBus(Clockwork clockwork) {
        this.clockwork = clockwork;
    }

    /** @param trouble probability that a message is lost, duplicated or late */
    void setTrouble(double trouble) {
        this.trouble = trouble;
    }

    void setDeaf(boolean deaf) {
        this.deaf = deaf;
    }

    void add(SimulatedNode node) {
        nodes.add(node);
    }

    void publish(SimulatedNode from, List<Event> events) {
        for (SimulatedNode node : nodes) {
            if (node.equals(from) || deaf || clockwork.chance(trouble)) {
                continue;
            }
            int copies = clockwork.chance(trouble) ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                int delayMs = clockwork.chance(trouble) ? clockwork.dice(5000) : clockwork.dice(4);
                clockwork.after(delayMs, () -> node.receive(events));
            }
        }
    }
}

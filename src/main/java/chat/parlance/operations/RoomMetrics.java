package chat.parlance.operations;

import chat.parlance.room.PageOrigin;
import chat.parlance.room.RoomMeters;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of the delivery of events. */
final class RoomMetrics implements RoomMeters {

    private final Counter deliveries;
    private final Counter gapReads;
    private final Counter rewinds;
    private final Counter fenced;
    private final Map<PageOrigin, Counter> pages;
    private final AtomicLong tailBytes = new AtomicLong();

    RoomMetrics(Meters meters) {
        deliveries = meters.counter("parlance.deliveries", "Events delivered to connections");
        gapReads = meters.counter("parlance.gap.reads", "Reads of events that the bus did not deliver");
        rewinds = meters.counter("parlance.rewinds", "Rooms whose events were ahead of the store");
        fenced = meters.counter("parlance.fenced.events", "Events discarded while the node was fenced");
        pages = meters.counters(PageOrigin.class, "parlance.history.pages", "Pages of history that were read", "from");
        meters.gauge("parlance.history.memory.bytes", "Memory of the newest events of rooms", tailBytes::get);
    }

    @Override
    public void gapRead(int events) {
        gapReads.increment();
    }

    @Override
    public void delivered(int events, int subscribers) {
        deliveries.increment((double) events * subscribers);
    }

    @Override
    public void rewound() {
        rewinds.increment();
    }

    @Override
    public void fenced(int events) {
        fenced.increment(events);
    }

    @Override
    public void paged(PageOrigin origin) {
        Objects.requireNonNull(pages.get(origin)).increment();
    }

    @Override
    public void tailsGrew(long bytes) {
        tailBytes.addAndGet(bytes);
    }
}

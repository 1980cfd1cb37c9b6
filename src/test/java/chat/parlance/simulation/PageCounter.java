package chat.parlance.simulation;

import chat.parlance.room.PageOrigin;
import chat.parlance.room.RoomMeters;
import java.util.EnumMap;
import java.util.Map;

/** Meters of the nodes of one schedule, which count pages of history alone. */
final class PageCounter implements RoomMeters {

    private final Map<PageOrigin, Long> pages = new EnumMap<>(PageOrigin.class);

    long pages(PageOrigin origin) {
        return pages.getOrDefault(origin, 0L);
    }

    @Override
    public void gapRead(int events) {}

    @Override
    public void delivered(int events, int subscribers) {}

    @Override
    public void rewound() {}

    @Override
    public void fenced(int events) {}

    @Override
    public void paged(PageOrigin origin) {
        pages.merge(origin, 1L, Long::sum);
    }

    @Override
    public void tailsGrew(long bytes) {}
}

package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.log.Condition;
import chat.parlance.model.Cursor;
import io.vertx.core.Future;
import org.slf4j.LoggerFactory;

/**
 * Reads from the store the events that the bus lost, for live rooms and for subscriptions that catch up. Each answer
 * must contain the event after which it was requested, because that event was given to clients: a room whose event the
 * store lacks is rewound to the store's head. Belongs to the hub's event loop.
 */
final class GapReader {

    /** Shared by all event loops of the process, because one cause fails their reads together. */
    private static final Condition UNREAD = Condition.of(
            LoggerFactory.getLogger(GapReader.class),
            "Rooms could not be read, for a reason that the store did not log",
            "Rooms can be read again");

    /** Pause before the retry of a read that failed or returned nothing new. */
    static final int RETRY_MS = 250;

    private final RoomHub hub;
    private final EventStore store;
    private final Scheduler scheduler;
    private final RoomLimits limits;
    private final RoomMeters meters;

    GapReader(RoomHub hub, EventStore store, Scheduler scheduler, RoomLimits limits, RoomMeters meters) {
        this.hub = hub;
        this.store = store;
        this.scheduler = scheduler;
        this.limits = limits;
        this.meters = meters;
    }

    /** Waits gapGraceMs for the bus to deliver the missing events of a room, then reads them from the store. */
    void readUnlessItComes(LiveRoom room) {
        if (room.isBehind() && room.beginGrace()) {
            scheduler.after(limits.gapGraceMs(), () -> {
                room.endGrace();
                if (room.isBehind()) {
                    readGap(room);
                }
            });
        }
    }

    /** Reads the next page for a subscription that is behind its room, once the client has received the last page. */
    void readOn(LiveRoom room, Subscription subscription) {
        subscription.subscriber().writable().onSuccess(writable -> readPage(room, subscription));
    }

    private void readPage(LiveRoom room, Subscription subscription) {
        LiveRoom.Given before = room.given();
        long from = subscription.position();
        readCurrent(room, from)
                .onSuccess(page -> {
                    prove(room, before, page);
                    if (page.events().isEmpty() && page.head().seq() > from) {
                        scheduler.after(RETRY_MS, () -> subscription.take(page));
                    } else {
                        subscription.take(page);
                    }
                })
                .onFailure(failure -> scheduler.after(RETRY_MS, () -> readOn(room, subscription)));
    }

    /** Reads, and fails when the hub is fenced before the answer arrives. */
    private Future<EventPage> readCurrent(LiveRoom room, long after) {
        return hub.ask(() -> store.read(room.id(), after, limits.catchUpLimit()))
                .onSuccess(page -> room.heardFromStore(page.head().seq()));
    }

    /**
     * Compares an answer of the store with what the room had released before the store was asked, and rewinds the room
     * when the store has something else.
     *
     * @return false when the room was rewound
     */
    boolean prove(LiveRoom room, LiveRoom.Given before, EventPage page) {
        if (!room.isStill(before)) {
            return true;
        }
        return switch (page.continuity(before.head())) {
            case PROVED -> {
                room.sequence().prove(page.head().seq(), before.lastEarly());
                yield true;
            }
            case UNKNOWN -> true;
            case BROKEN -> {
                hub.rewind(room, page.head());
                yield false;
            }
        };
    }

    private void readGap(LiveRoom room) {
        if (!hub.isLive(room) || !room.beginRead()) {
            return;
        }
        LiveRoom.Given before = room.given();
        readCurrent(room, before.head().seq())
                .onSuccess(page -> take(room, before, page))
                .onFailure(failure -> {
                    noteFailure(room.id() + " after " + before.head().seq(), failure);
                    retryGap(room);
                });
    }

    private void take(LiveRoom room, LiveRoom.Given before, EventPage page) {
        meters.gapRead(page.events().size());
        if (!prove(room, before, page)) {
            room.endRead();
            readUnlessItComes(room);
            return;
        }
        Cursor from = room.sequence().head();
        hub.accept(room, page.events());
        Cursor now = room.sequence().head();
        // The bus may have delivered more since this page was read.
        if (now.seq() >= room.storeHead()) {
            room.endRead();
        } else if (now.equals(from)) {
            retryGap(room);
        } else {
            room.endRead();
            readGap(room);
        }
    }

    /** Logs a failure that nothing else logs: the store logs its own, and the poll logs the fence. */
    static void noteFailure(String read, Throwable failure) {
        if (!(failure instanceof ChatException)) {
            UNREAD.occurred(read + ": " + failure, failure);
        }
    }

    private void retryGap(LiveRoom room) {
        scheduler.after(RETRY_MS, () -> {
            room.endRead();
            readGap(room);
        });
    }
}

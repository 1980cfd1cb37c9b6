package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.Target;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends to the connections of one event loop what concerns their users alone, for rooms that they follow and others:
 * the user's read markers, followed threads, saved messages, memberships and preferences. The bus reports changes; the
 * {@link StorePoll} reports those that the bus lost, at a cost that grows with the number of changes. All state
 * belongs to the event loop.
 */
final class UserHub {

    private static final int RETRY_MS = 250;

    private static final Target BEGINNING = new Target(0, null);

    /** Position of a read marker, comparable with the earlier ones of the same marker. */
    private record Position(int turn, long seq) implements Comparable<Position> {

        private static final Position START = new Position(0, 0);

        @Override
        public int compareTo(Position other) {
            return Comparator.comparingInt(Position::turn)
                    .thenComparingLong(Position::seq)
                    .compare(this, other);
        }
    }

    /** A user's connections, and what they were sent since the first of them was opened. */
    private static final class Account {
        /** Most users have one connection, and every idle one holds this table. */
        private final Set<UserConnection> connections = new HashSet<>(2);

        private final Map<RoomId, Optional<Membership>> memberships = new HashMap<>();
        private final Map<RoomId, Position> markers = new HashMap<>();
        private final ToldThreads threads = new ToldThreads();
        private final ToldMarks saved = new ToldMarks();

        /** Revision of the preferences of each room, and of those of the list of all rooms. */
        private final Map<Optional<RoomId>, Long> preferred = new HashMap<>();
    }

    private final RoomService rooms;
    private final ThreadService threads;
    private final Scheduler scheduler;
    private final StorePoll.Registration watching;
    private final Map<UserId, Account> accounts = new HashMap<>();
    private boolean complete;

    UserHub(RoomService rooms, ThreadService threads, StorePoll watch, Scheduler scheduler) {
        this.rooms = rooms;
        this.threads = threads;
        this.scheduler = scheduler;
        this.watching = watch.listen(scheduler, this::look);
    }

    void add(UserId user, UserConnection connection) {
        accounts.computeIfAbsent(user, first -> new Account()).connections.add(connection);
    }

    void remove(UserId user, UserConnection connection) {
        Account account = accounts.get(user);
        if (account != null && account.connections.remove(connection) && account.connections.isEmpty()) {
            accounts.remove(user);
        }
    }

    void close() {
        watching.close();
    }

    /** Sends a stored read marker, unless a newer one was sent. */
    void tell(Signal.Read read) {
        Account account = accounts.get(read.marker().user());
        Unread unread = read.marker().unread();
        Position position = new Position(unread.turn(), unread.readSeq());
        if (account != null
                && position.compareTo(account.markers.getOrDefault(read.marker().room(), Position.START)) >= 0) {
            account.markers.put(read.marker().room(), position);
            List.copyOf(account.connections).forEach(connection -> connection.signal(read));
        }
    }

    /** Sends stored preferences, unless newer ones were sent. */
    void tell(Signal.Preferred preferred) {
        Account account = accounts.get(preferred.user());
        if (account != null && preferred.revision() > account.preferred.getOrDefault(preferred.place(), 0L)) {
            account.preferred.put(preferred.place(), preferred.revision());
            List.copyOf(account.connections).forEach(connection -> connection.signal(preferred));
        }
    }

    /** Sends the stored state of a thread, unless it was sent last. */
    void tell(Signal.ThreadState thread) {
        Account account = accounts.get(thread.marker().user());
        if (account != null && account.threads.isNews(thread.marker())) {
            List.copyOf(account.connections).forEach(connection -> connection.signal(thread));
        }
    }

    /** Sends the stored state of a saved or removed message, unless it was sent last. */
    void tell(Signal.Saved saved) {
        Account account = accounts.get(saved.mark().user());
        if (account != null && account.saved.isNews(saved.mark())) {
            List.copyOf(account.connections).forEach(connection -> connection.signal(saved));
        }
    }

    /** Looks up the user's membership in the room, and sends it. */
    void refresh(RoomId room, UserId user) {
        if (accounts.containsKey(user)) {
            rooms.find(user, room)
                    .map(Optional::of)
                    .recover(failure ->
                            isOut(failure) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure))
                    .onSuccess(seen -> tell(user, room, seen.orElse(null)))
                    .onFailure(failure -> scheduler.after(RETRY_MS, () -> refresh(room, user)));
        }
    }

    private void tell(UserId user, RoomId room, @Nullable Room seen) {
        Account account = accounts.get(user);
        if (account != null) {
            Optional<Membership> now = Optional.ofNullable(seen).map(Room::viewer);
            Optional<Membership> before = account.memberships.put(room, now);
            if (now.isEmpty()) {
                account.preferred.remove(Optional.of(room));
            }
            if (now.filter(Membership::isJoined).isEmpty()) {
                // A user who joins again starts with a new marker.
                account.markers.remove(room);
            }
            // The bus and the poll may both report that the user is out of the room.
            if (now.isPresent() || !now.equals(before)) {
                List.copyOf(account.connections).forEach(connection -> connection.membershipChanged(room, seen));
            }
        }
    }

    private static boolean isOut(Throwable failure) {
        ErrorCode code = ChatException.of(failure).code();
        return code == ErrorCode.ROOM_NOT_FOUND || code == ErrorCode.ROOM_BANNED;
    }

    /** Sends the changes that the bus lost. */
    private void look(ChangeSet changes) {
        for (ChangeSet.MembershipChanged place : changes.memberships()) {
            Account account = accounts.get(place.user());
            if (account != null && !isTold(account, place)) {
                refresh(place.room(), place.user());
            }
        }
        for (ChangeSet.Marker marker : changes.markers()) {
            Account account = accounts.get(marker.user());
            Position position = new Position(marker.turn(), marker.seq());
            if (account != null
                    && account.markers
                                    .getOrDefault(marker.room(), Position.START)
                                    .compareTo(position)
                            < 0) {
                heal(marker);
            }
        }
        changes.preferred().forEach(this::tell);
        changes.threads().stream()
                .filter(changed -> accounts.containsKey(changed.user()))
                .forEach(this::heal);
        changes.saved().forEach(mark -> tell(new Signal.Saved(mark)));
        if (changes.failedOver()) {
            failOver();
        } else if (complete && !changes.complete()) {
            List.copyOf(accounts.values()).forEach(UserHub::sendAway);
        }
        complete = changes.complete() || changes.failedOver();
    }

    /**
     * Handles a failover, after which changes that were sent last may be lost. Lost preferences had revisions that the
     * store does not have, so nothing replaces them: those clients must reconnect.
     */
    private void failOver() {
        Map.copyOf(accounts).forEach((user, account) -> {
            if (account.preferred.isEmpty()) {
                Set.copyOf(account.memberships.keySet()).forEach(room -> refresh(room, user));
            } else {
                sendAway(account);
            }
        });
    }

    private static void sendAway(Account account) {
        List.copyOf(account.connections).forEach(UserConnection::outdated);
    }

    /** True when the connections were sent this membership. A banned user was sent none. */
    private static boolean isTold(Account account, ChangeSet.MembershipChanged place) {
        Optional<Membership> now = Optional.ofNullable(place.membership())
                .filter(membership -> membership.state() != MembershipState.BANNED);
        return now.equals(account.memberships.get(place.room()));
    }

    /** Looks up a thread, and sends its state. */
    private void heal(ChangeSet.ThreadOf changed) {
        if (accounts.containsKey(changed.user())) {
            threads.find(changed.user(), changed.room(), changed.thread())
                    .onSuccess(now -> tell(new Signal.ThreadState(now)))
                    .onFailure(failure -> retry(failure, () -> heal(changed)));
        }
    }

    /** Sends the marker. A move to the beginning moves nothing, and counts the unread messages after the marker. */
    private void heal(ChangeSet.Marker marker) {
        if (accounts.containsKey(marker.user())) {
            rooms.markRead(marker.user(), marker.room(), Set.of(BEGINNING))
                    .onSuccess(moved -> tell(new Signal.Read(moved.marker())))
                    .onFailure(failure -> retry(failure, () -> heal(marker)));
        }
    }

    private void retry(Throwable failure, Runnable action) {
        if (ChatException.of(failure).code() == ErrorCode.STORAGE_UNAVAILABLE) {
            scheduler.after(RETRY_MS, action);
        }
    }
}

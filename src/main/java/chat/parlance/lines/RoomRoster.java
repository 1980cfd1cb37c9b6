package chat.parlance.lines;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.RoomPresence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Users online in the room of a person in line mode, and the notices of who comes and goes, if the person wants them.
 */
final class RoomRoster {

    private final Consumer<TerminalText> printer;
    private @Nullable RoomId room;
    private @Nullable Set<UserId> online;
    private boolean announced;

    /** @param printer prints lines for the person */
    RoomRoster(Consumer<TerminalText> printer) {
        this.printer = printer;
    }

    /** Starts anew for another room, of which nothing is known yet. */
    void enter(RoomId next) {
        room = next;
        online = null;
    }

    /** Users online; null when they are not known, or too many to be named. */
    @Nullable
    Set<UserId> online() {
        return online;
    }

    /**
     * Switches the notices of who comes and goes, which are off at first.
     *
     * @return true when they are now on
     */
    boolean toggleAnnounced() {
        announced = !announced;
        return announced;
    }

    void take(RoomPresence presence) {
        if (!presence.room().equals(room)) {
            return;
        }
        if (presence.users() != null) {
            online = new HashSet<>(presence.users());
        } else if (presence.arrived().isEmpty() && presence.departed().isEmpty()) {
            online = null;
        } else if (online != null) {
            online.addAll(presence.arrived());
            presence.departed().forEach(online::remove);
            announce(presence.arrived(), user -> TerminalText.of("* %s is online.", user));
            announce(presence.departed(), user -> TerminalText.of("* %s is away.", user));
        }
    }

    private void announce(List<UserId> users, Function<UserId, TerminalText> line) {
        if (announced) {
            users.stream().map(line).forEach(printer);
        }
    }
}

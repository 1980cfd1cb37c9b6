package chat.parlance.websocket;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.protocol.TerminalText;
import chat.parlance.room.RoomPresence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who is online in the room that a person in line mode is in, as far as the person wants to know. */
final class Attendance {

    private final Consumer<TerminalText> printer;
    private @Nullable RoomId room;
    private @Nullable Set<UserId> online;
    private boolean announced;

    /** @param printer of lines for the person */
    Attendance(Consumer<TerminalText> printer) {
        this.printer = printer;
    }

    /** The person goes to a room, of which nothing is known yet. */
    void enter(RoomId next) {
        room = next;
        online = null;
    }

    /** Those who are online; null when it is not known, or they are too many to be named. */
    @Nullable
    Set<UserId> online() {
        return online;
    }

    /** Whether the person is to be told who comes and goes; at first it is not. */
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

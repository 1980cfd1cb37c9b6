package chat.parlance.lines;

import chat.parlance.model.NotificationLevel;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomPreferenceChanges;
import io.vertx.core.Future;
import java.util.List;

/** Commands for a person's own preferences for a room, which are the same on all devices. */
final class PreferenceCommands {

    private static final RoomPreferenceChanges STAR = new RoomPreferenceChanges(true, null, null);
    private static final RoomPreferenceChanges UNSTAR = new RoomPreferenceChanges(false, null, null);
    private static final RoomPreferenceChanges HIDE = new RoomPreferenceChanges(null, null, Long.MAX_VALUE);
    private static final RoomPreferenceChanges UNHIDE = new RoomPreferenceChanges(null, null, 0L);

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "star [ROOM]",
                    "put a room at the top of your list",
                    "/star garden",
                    (session, arguments) -> change(session, arguments, STAR)),
            LineCommand.of(
                    "unstar [ROOM]",
                    "take a room's star away",
                    "/unstar garden",
                    (session, arguments) -> change(session, arguments, UNSTAR)),
            LineCommand.of(
                    "notify LEVEL [ROOM]",
                    "choose the news of a room: all, mentions or none",
                    "/notify mentions garden",
                    (session, arguments) ->
                            change(session, arguments, new RoomPreferenceChanges(null, level(arguments), null))),
            LineCommand.of(
                    "hide [ROOM]",
                    "take a room off your list until its next message",
                    "/hide garden",
                    (session, arguments) -> change(session, arguments, HIDE)),
            LineCommand.of(
                    "unhide [ROOM]",
                    "put a hidden room back on your list",
                    "/unhide garden",
                    (session, arguments) -> change(session, arguments, UNHIDE)));

    private PreferenceCommands() {}

    private static Future<TerminalText> change(
            LineSession session, LineArguments arguments, RoomPreferenceChanges changes) {
        RoomId room = arguments.find("ROOM").isPresent() ? arguments.room() : session.room();
        return session.preferences()
                .change(session.user(), room, changes)
                .map(changed -> RoomLines.preferences(room, changed));
    }

    private static NotificationLevel level(LineArguments arguments) {
        try {
            return NotificationLevel.of(arguments.text("LEVEL"));
        } catch (IllegalArgumentException none) {
            throw arguments.malformed("A level is all, mentions or none");
        }
    }
}

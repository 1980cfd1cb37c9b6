package chat.parlance.lines;

import chat.parlance.model.RoomChanges;
import io.vertx.core.Future;
import java.util.List;

/** Commands for the settings of the room. */
final class SettingCommands {

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of("info", "show what the room is about", "/info", (session, arguments) -> show(session)),
            LineCommand.of(
                    "topic [TEXT...]",
                    "show or set the topic, - for none",
                    "/topic Tomatoes",
                    (session, arguments) -> arguments.findName("TEXT").isEmpty()
                            ? show(session)
                            : change(session, new RoomChanges(null, text(arguments), null, null))),
            LineCommand.of(
                    "rename TEXT...",
                    "give the room another name",
                    "/rename The Garden",
                    (session, arguments) -> change(session, new RoomChanges(arguments.name("TEXT"), null, null, null))),
            LineCommand.of(
                    "describe TEXT...",
                    "say what the room is for, - for nothing",
                    "/describe All that grows",
                    (session, arguments) -> change(session, new RoomChanges(null, null, text(arguments), null))),
            LineCommand.of(
                    "archive",
                    "close the room; what was said stays",
                    "/archive",
                    (session, arguments) -> change(session, new RoomChanges(null, null, null, true))),
            LineCommand.of(
                    "unarchive",
                    "open the room again",
                    "/unarchive",
                    (session, arguments) -> change(session, new RoomChanges(null, null, null, false))));

    private SettingCommands() {}

    private static Future<TerminalText> show(LineSession session) {
        return session.rooms().find(session.user(), session.room()).map(RoomLines::details);
    }

    private static Future<TerminalText> change(LineSession session, RoomChanges changes) {
        return session.tellIfNothing(session.rooms().change(session.user(), session.room(), changes));
    }

    private static String text(LineArguments arguments) {
        String text = arguments.name("TEXT");
        return text.equals("-") ? "" : text;
    }
}

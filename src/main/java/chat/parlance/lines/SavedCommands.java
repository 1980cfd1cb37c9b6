package chat.parlance.lines;

import chat.parlance.model.SavedMark;
import chat.parlance.model.SavedMessage;
import chat.parlance.protocol.ServerFrame;
import io.vertx.core.Future;
import java.util.List;

/** Commands for the person's saved messages. */
final class SavedCommands {

    private static final int PAGE = 20;

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of("save MESSAGE", "keep a message in your own list", "/save 12", SavedCommands::save),
            LineCommand.of("unsave MESSAGE", "keep it no longer", "/unsave 12", SavedCommands::remove),
            LineCommand.of(
                    "saved", "list the messages that you keep, the newest ones first", "/saved", SavedCommands::list));

    private SavedCommands() {}

    private static Future<TerminalText> save(LineSession session, LineArguments arguments) {
        return session.message(arguments.message())
                .compose(target -> session.saved()
                        .save(session.user(), session.room(), target)
                        .map(saved -> answer(session, target.seq(), true)));
    }

    private static Future<TerminalText> remove(LineSession session, LineArguments arguments) {
        return session.message(arguments.message())
                .compose(target -> session.saved()
                        .remove(session.user(), session.room(), target.seq())
                        .map(removed -> answer(session, target.seq(), false)));
    }

    private static TerminalText answer(LineSession session, long seq, boolean saved) {
        return LineCodec.encode(new ServerFrame.Saved(new SavedMark(session.room(), session.user(), seq, saved)));
    }

    private static Future<TerminalText> list(LineSession session, LineArguments arguments) {
        return session.saved().list(session.user(), null, PAGE).map(page -> {
            session.note(page.messages().stream().map(SavedMessage::message).toList());
            return page.messages().isEmpty()
                    ? TerminalText.of("* You have saved nothing.")
                    : SavedLines.of(page.messages());
        });
    }
}

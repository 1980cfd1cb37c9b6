package chat.parlance.lines;

import chat.parlance.model.PageSize;
import chat.parlance.model.Target;
import chat.parlance.model.ThreadMarker;
import chat.parlance.room.EventPage;
import chat.parlance.room.Range;
import chat.parlance.room.Selection;
import io.vertx.core.Future;
import java.util.List;

/** Commands for threads, and for following them. */
final class ThreadCommands {

    private static final int PAGE = 20;

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of("thread MESSAGE", "show the answers to a message", "/thread 12", ThreadCommands::show),
            LineCommand.of(
                    "threads",
                    "list the threads that you follow, those with unread answers first",
                    "/threads",
                    ThreadCommands::list),
            LineCommand.of(
                    "follow MESSAGE",
                    "follow the thread of a message",
                    "/follow 12",
                    (session, arguments) -> follow(session, arguments, true)),
            LineCommand.of(
                    "unfollow MESSAGE",
                    "follow it no longer",
                    "/unfollow 12",
                    (session, arguments) -> follow(session, arguments, false)));

    private ThreadCommands() {}

    /** Shows the newest replies, and marks the thread as read up to them. */
    private static Future<TerminalText> show(LineSession session, LineArguments arguments) {
        return session.message(arguments.message())
                .compose(target -> session.threads().find(session.user(), session.room(), target.seq()))
                .compose(thread -> session.rooms()
                        .history(
                                session.user(),
                                session.room(),
                                new Selection.Replies(thread.thread()),
                                Range.newest(PAGE))
                        .compose(page -> shown(session, thread, page)));
    }

    private static Future<TerminalText> shown(LineSession session, ThreadMarker thread, EventPage page) {
        if (page.events().isEmpty()) {
            return Future.succeededFuture(TerminalText.of("* Nobody answered."));
        }
        session.show(page.events());
        return thread.following()
                ? session.threads()
                        .markRead(
                                session.user(),
                                thread.room(),
                                thread.thread(),
                                new Target(
                                        page.events().getLast().seq(),
                                        page.events().getLast().stamp()))
                        .map(TerminalText.EMPTY)
                : Future.succeededFuture(TerminalText.EMPTY);
    }

    private static Future<TerminalText> list(LineSession session, LineArguments arguments) {
        return session.threads().list(session.user(), null, PageSize.DEFAULT).map(page -> {
            if (page.threads().isEmpty()) {
                return TerminalText.of("* You follow no thread.");
            }
            TerminalText threads = ThreadLines.threads(page.threads());
            return page.next() == null
                    ? threads
                    : TerminalText.lines(List.of(threads, TerminalText.of("* There are more, which are read.")));
        });
    }

    private static Future<TerminalText> follow(LineSession session, LineArguments arguments, boolean following) {
        return session.message(arguments.message())
                .compose(target -> session.threads().follow(session.user(), session.room(), target.seq(), following))
                .map(ThreadLines::marker);
    }
}

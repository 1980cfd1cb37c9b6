package chat.parlance.lines;

import chat.parlance.model.EventBody;
import chat.parlance.model.FollowedThread;
import chat.parlance.model.MessageState;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.Unread;
import java.util.ArrayList;
import java.util.List;

/** Threads as text, for a person at a terminal. */
public final class ThreadLines {

    private ThreadLines() {}

    /** State of one thread. */
    public static TerminalText marker(ThreadMarker marker) {
        return marker.following()
                ? TerminalText.of("* You follow the thread [%s] of #%s.", marker.thread(), marker.room())
                : TerminalText.of("* You do not follow the thread [%s] of #%s.", marker.thread(), marker.room());
    }

    /** One line a thread: its room, the message that began it, and its unread counts. */
    public static TerminalText threads(List<FollowedThread> threads) {
        return TerminalText.lines(threads.stream().map(ThreadLines::line).toList());
    }

    private static TerminalText line(FollowedThread thread) {
        List<TerminalText> facts = new ArrayList<>();
        Unread unread = thread.marker().unread();
        if (unread.messages() > 0) {
            facts.add(TerminalText.of("%s unread", unread.messages()));
        }
        if (unread.mentions() > 0) {
            facts.add(TerminalText.of("%s with your name", unread.mentions()));
        }
        if (thread.first().body() instanceof EventBody.Message message) {
            MessageState.Replies replies = message.state().replies();
            facts.add(replies == null ? TerminalText.of("no reply") : TerminalText.of("%s in all", replies.count()));
        }
        return TerminalText.of(
                "* #%s %s (%s)",
                thread.marker().room(), EventLine.first(thread.first()), TerminalText.joined(", ", facts));
    }
}

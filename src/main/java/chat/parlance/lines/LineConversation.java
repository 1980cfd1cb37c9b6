package chat.parlance.lines;

import chat.parlance.connection.Connection;
import chat.parlance.connection.Language;
import chat.parlance.connection.LanguageName;
import chat.parlance.connection.SharedFrames;
import chat.parlance.limit.Cost;
import chat.parlance.log.Faults;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Principal;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.TextRules;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Language of the subprotocol {@code parlance.v1.lines}: a line is posted to the room, or calls one of {@link
 * LineCommands}.
 */
final class LineConversation implements Language {

    private static final TerminalText GREETING = TerminalText.of(
            "* Welcome to Parlance. /login USER PASSWORD, or /register USER PASSWORD [NAME]. /help lists more.");

    private final Connection connection;
    private final LineSession session;
    private final LineRate rate;
    private final SharedFrames frames;
    private final int loginTimeoutMs;

    LineConversation(
            Connection connection, LineSession session, LineRate rate, SharedFrames frames, int loginTimeoutMs) {
        this.connection = connection;
        this.session = session;
        this.rate = rate;
        this.frames = frames;
        this.loginTimeoutMs = loginTimeoutMs;
    }

    @Override
    public LanguageName name() {
        return LanguageName.LINES;
    }

    @Override
    public byte[] encode(ServerFrame frame) {
        TerminalText line = LineCodec.encode(frame);
        TerminalText resumption = frame instanceof ServerFrame.Bye ? session.resumption() : TerminalText.EMPTY;
        return resumption.isEmpty()
                ? line.bytes()
                : TerminalText.of("%s %s resumes here.", line, resumption).bytes();
    }

    @Override
    public void begin() {
        Principal principal = connection.principal();
        if (principal == null) {
            session.print(GREETING);
        } else {
            answer("welcome", () -> session.welcome(principal));
        }
    }

    @Override
    public Future<?> receive(String text) {
        String line = TextRules.stripped(text);
        return rate.take(line.isEmpty() ? Cost.READ : Cost.WRITE).compose(taken -> act(line));
    }

    @Override
    public void membershipChanged(RoomId room, @Nullable Room seen) {
        Membership membership = seen == null ? null : seen.viewer();
        if (seen != null && membership != null && membership.state() == MembershipState.INVITED) {
            session.print(RoomLines.invitation(seen));
        } else if (seen != null && seen.peer() != null) {
            answer("direct room", () -> session.direct().follow(seen, 0).map(TerminalText.EMPTY));
        }
    }

    /** Delivers events. Direct messages are shown in whichever room the person is. */
    @Override
    public void deliver(EventBatch batch) {
        if (session.isIn(batch.room())) {
            session.note(batch.events());
            connection.write(frames.of(
                    batch, () -> LineCodec.encodeEvents(batch.events()).bytes()));
        } else {
            session.direct().show(batch);
        }
    }

    /** Shows nothing: a person at a terminal needs neither typing notices nor its own read markers. */
    @Override
    public void signal(Signal.Shown signal) {}

    @Override
    public void presence(RoomPresence presence) {
        session.here().take(presence);
    }

    /** Sends nothing: a terminal keeps no copy that could miss events. */
    @Override
    public void heads(Map<RoomId, Long> heads) {}

    @Override
    public int loginTimeoutMs() {
        return loginTimeoutMs;
    }

    /** False: a person at a terminal has no token to renew. The session is looked up regularly anyway. */
    @Override
    public boolean endsWithToken() {
        return false;
    }

    /** Processes a line. Two slashes post a line that begins with one. */
    private Future<?> act(String line) {
        if (line.isEmpty()) {
            return Future.succeededFuture();
        }
        if (line.charAt(0) != '/') {
            return answer("message", () -> say(line));
        }
        if (line.startsWith("//")) {
            return answer("message", () -> say(line.substring(1)));
        }
        String[] words = LineArguments.BLANKS.split(line.substring(1), 2);
        return answer("/" + words[0], () -> {
            LineCommand command = LineCommands.require(words[0]);
            LineArguments arguments = new LineArguments(command, words.length == 2 ? words[1] : "");
            CommandScopes.require(command, arguments, session);
            return command.action().run(session, arguments);
        });
    }

    private Future<TerminalText> say(String text) {
        CommandScopes.requireMessage(session);
        return MessageCommands.say(session, text);
    }

    /** Prints the answer to a line: its text, or any failure of the work or of its printing. */
    private Future<?> answer(String request, Supplier<Future<TerminalText>> work) {
        return Future.succeededFuture()
                .compose(begun -> work.get())
                .map(text -> {
                    session.print(text);
                    return text;
                })
                .onFailure(failure -> connection.send(new ServerFrame.Failed(
                        null, Faults.answer("line mode: " + request, connection.peer(), failure))));
    }
}

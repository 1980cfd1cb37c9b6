package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.limit.Cost;
import chat.parlance.model.Membership;
import chat.parlance.model.Principal;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Standing;
import chat.parlance.protocol.LineCodec;
import chat.parlance.protocol.RoomLines;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The subprotocol {@code parlance.v1.lines}: a line is said in the room, or calls one of {@link LineCommands}. */
final class LineConversation implements Conversation {

    private static final String GREETING =
            "* Welcome to Parlance. /login USER PASSWORD, or /register USER PASSWORD [NAME]. /help lists more.";

    private final EventLoop loop;
    private final Connection connection;
    private final LineSession session;

    /**
     * @param room the room to join as soon as it is known who the person is, null for none
     * @param since the last event the person has seen of it
     */
    LineConversation(EventLoop loop, Connection connection, @Nullable RoomId room, @Nullable Since since) {
        this.loop = loop;
        this.connection = connection;
        this.session = new LineSession(loop, connection, room, since);
    }

    @Override
    public Subprotocol subprotocol() {
        return Subprotocol.LINES;
    }

    @Override
    public byte[] encode(ServerFrame frame) {
        byte[] line = LineCodec.encode(frame);
        String resumption = frame instanceof ServerFrame.Bye ? session.resumption() : "";
        return resumption.isEmpty()
                ? line
                : LineCodec.bytes(
                        new String(line, StandardCharsets.UTF_8) + " " + resumption + " goes on where you are.");
    }

    @Override
    public void begin() {
        Principal principal = connection.principal();
        if (principal == null) {
            session.print(GREETING);
        } else {
            session.welcome(principal).onFailure(this::printFailure);
        }
    }

    @Override
    public Future<?> receive(String text) {
        String line = text.strip();
        if (line.isEmpty()) {
            return Future.succeededFuture();
        }
        try {
            connection.admit(Cost.WRITE);
            return act(line).onFailure(this::printFailure);
        } catch (ChatException refused) {
            printFailure(refused);
            return Future.succeededFuture();
        }
    }

    @Override
    public void standingChanged(RoomId room, @Nullable Room seen) {
        Standing standing = seen == null ? null : seen.viewer();
        if (seen != null && standing != null && standing.membership() == Membership.INVITED) {
            session.print(RoomLines.invitation(seen));
        } else if (seen != null && seen.peer() != null) {
            session.direct().follow(seen, 0).onFailure(this::printFailure);
        }
    }

    /** What two people say to each other is shown wherever the person is. */
    @Override
    public void deliver(EventBatch batch) {
        if (session.isIn(batch.room())) {
            session.note(batch.events());
            connection.write(loop.frames().frame(batch, Subprotocol.LINES));
        } else {
            session.direct().show(batch);
        }
    }

    /** A person at a terminal is not told who types, nor how far it has read elsewhere. */
    @Override
    public void signal(Signal.Shown signal) {}

    @Override
    public void presence(RoomPresence presence) {
        session.here().take(presence);
    }

    /** Two slashes say a line that begins with one. */
    private Future<?> act(String line) {
        if (line.charAt(0) != '/') {
            return MessageCommands.say(session, line);
        }
        if (line.startsWith("//")) {
            return MessageCommands.say(session, line.substring(1));
        }
        String[] words = line.substring(1).split("\\s+", 2);
        LineCommand command = LineCommands.require(words[0]);
        return command.action().run(session, new LineArguments(command, words.length == 2 ? words[1] : ""));
    }

    private void printFailure(Throwable failure) {
        connection.send(new ServerFrame.Failed(null, ChatException.of(failure)));
    }
}

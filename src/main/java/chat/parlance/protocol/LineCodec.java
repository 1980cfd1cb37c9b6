package chat.parlance.protocol;

import chat.parlance.model.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What the server says in the subprotocol {@code parlance.v1.lines}: plain text for a person at a terminal. */
public final class LineCodec {

    private LineCodec() {}

    public static byte[] encode(ServerFrame frame) {
        return bytes(
                switch (frame) {
                    case ServerFrame.Welcome welcome ->
                        "* You are " + welcome.user() + ". /rooms lists rooms, /join ROOM joins one.";
                    case ServerFrame.Joined joined -> "* You are in " + joined.room() + ".";
                    case ServerFrame.Left left -> "* You left " + left.room() + ".";
                    case ServerFrame.Ack ack -> "* Sent as [" + ack.stored().seq() + "].";
                    case ServerFrame.Changed changed -> "* Done.";
                    case ServerFrame.RoomFound found -> RoomLines.rooms(List.of(found.room()));
                    case ServerFrame.Failed failed ->
                        "! " + failed.reason().detail() + " ("
                                + failed.reason().code().code() + ")";
                    case ServerFrame.Reset reset ->
                        reset.from() == 0
                                ? "* What you have of " + reset.room() + " may not be so any more, see /history."
                                : "* There is more between [" + reset.from() + "] and [" + reset.head()
                                        + "], see /history.";
                    case ServerFrame.Read read ->
                        "* You have read " + read.marker().room() + " up to ["
                                + read.marker().unread().readSeq() + "].";
                    case ServerFrame.Typing typing -> "";
                    case ServerFrame.Presence presence -> "";
                    case ServerFrame.Heads heads -> "";
                    case ServerFrame.Pong pong -> "* pong";
                    case ServerFrame.Bye bye -> "* The node is going away, connect again.";
                });
    }

    /** One line an event. */
    public static byte[] encodeEvents(List<Event> events) {
        return encodeEvents(events, "");
    }

    /**
     * The same, of another room than the person is in.
     *
     * @param prefix of each line, which tells the room
     */
    public static byte[] encodeEvents(List<Event> events, String prefix) {
        return bytes(events.stream().map(event -> prefix + EventLine.of(event)).collect(Collectors.joining("\n")));
    }

    /** Text of the server, for people. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What others wrote cannot move this person's cursor or colour the screen: control characters are shown as a dot. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (codePoint == '\n') {
                printable.append("\n    ");
            } else if (Character.isISOControl(codePoint) && codePoint != '\t') {
                printable.append('·');
            } else {
                printable.appendCodePoint(codePoint);
            }
        });
        return printable.toString();
    }
}

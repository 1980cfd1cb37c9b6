package chat.parlance.lines;

import chat.parlance.model.Event;
import chat.parlance.protocol.ServerFrame;
import java.util.List;

/** Frames and events in the subprotocol {@code parlance.v1.lines}: plain text for a person at a terminal. */
public final class LineCodec {

    private LineCodec() {}

    public static TerminalText encode(ServerFrame frame) {
        return switch (frame) {
            case ServerFrame.Welcome welcome ->
                TerminalText.of("* You are %s. /rooms lists rooms, /join ROOM joins one.", welcome.user());
            case ServerFrame.Joined joined -> TerminalText.of("* You are in %s.", joined.room());
            case ServerFrame.Left left -> TerminalText.of("* You left %s.", left.room());
            case ServerFrame.Ack ack ->
                TerminalText.of("* Sent as [%s].", ack.stored().seq());
            case ServerFrame.Changed changed -> TerminalText.of("* Done.");
            case ServerFrame.RoomFound found -> RoomLines.rooms(List.of(found.room()));
            case ServerFrame.Failed failed ->
                TerminalText.of(
                        "! %s (%s)",
                        failed.reason().detail(), failed.reason().code().code());
            case ServerFrame.Reset reset ->
                reset.since() == 0
                        ? TerminalText.of("* Your copy of %s may be outdated, see /history.", reset.room())
                        : TerminalText.of(
                                "* Events between [%s] and [%s] are left out, see /history.",
                                reset.since(), reset.head());
            case ServerFrame.Read read ->
                TerminalText.of(
                        "* You have read %s up to [%s].",
                        read.marker().room(), read.marker().unread().readSeq());
            case ServerFrame.RoomPreferred preferred ->
                RoomLines.preferences(preferred.room(), preferred.preferences());
            case ServerFrame.UserPreferred preferred -> TerminalText.EMPTY;
            case ServerFrame.ThreadState thread -> ThreadLines.marker(thread.marker());
            case ServerFrame.Saved saved ->
                TerminalText.of(
                        saved.mark().saved() ? "* [%s] is saved, /saved lists it." : "* [%s] is not saved.",
                        saved.mark().seq());
            case ServerFrame.Typing typing -> TerminalText.EMPTY;
            case ServerFrame.Presence presence -> TerminalText.EMPTY;
            case ServerFrame.Heads heads -> TerminalText.EMPTY;
            case ServerFrame.Pong pong -> TerminalText.of("* pong");
            case ServerFrame.Bye bye -> TerminalText.of("* The node is going away, connect again.");
        };
    }

    /** One line an event. */
    public static TerminalText encodeEvents(List<Event> events) {
        return TerminalText.lines(events.stream().map(EventLine::of).toList());
    }

    /**
     * Encodes events of a room other than the person's.
     *
     * @param room name of that room, which begins each line
     */
    public static TerminalText encodeEvents(List<Event> events, String room) {
        return TerminalText.lines(events.stream()
                .map(event -> TerminalText.of("%s %s", room, EventLine.of(event)))
                .toList());
    }
}

package chat.parlance.protocol;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The subprotocol {@code parlance.v1.lines}: plain text for a person at a terminal. Times are UTC. */
public final class LineCodec {

    /** What {@code /commands} prints. */
    public static final String COMMANDS = """
        /register USER PASSWORD [NAME]   make an account and log in
        /login USER PASSWORD             log in
        /logout                          log out
        /rooms                           list the rooms you can see
        /create ROOM                     make a public room and join it
        /join ROOM [SINCE]               join a room, from the event after SINCE
        /exitRoom                        leave the room you are in
        /history [BEFORE]                show older messages
        /who                             list the members of the room
        /commands                        show this
        /quit                            go
        anything else is said in the room\
        """;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private LineCodec() {}

    /** @throws ChatException when the line is no command, or not as it should be */
    public static LineCommand decode(String line) {
        String typed = line.strip();
        if (typed.isEmpty()) {
            return new LineCommand.Nothing();
        }
        if (typed.charAt(0) != '/') {
            return new LineCommand.Say(typed);
        }
        String[] words = typed.split("\\s+");
        return switch (words[0]) {
            case "/register" -> new LineCommand.Register(new UserId(word(words, 1)), word(words, 2), name(words));
            case "/login" -> new LineCommand.Login(new UserId(word(words, 1)), word(words, 2));
            case "/logout" -> new LineCommand.Logout();
            case "/rooms" -> new LineCommand.Rooms();
            case "/create" -> new LineCommand.Create(RoomId.chosen(word(words, 1)));
            case "/join" -> new LineCommand.Join(RoomId.lookup(word(words, 1)), number(words, 2));
            case "/exitRoom", "/leave" -> new LineCommand.ExitRoom();
            case "/history" -> new LineCommand.History(number(words, 1));
            case "/who" -> new LineCommand.Who();
            case "/commands", "/help" -> new LineCommand.Commands();
            case "/quit" -> new LineCommand.Quit();
            default -> throw new ChatException(ErrorCode.FRAME_UNKNOWN, "No such command, /commands lists them");
        };
    }

    public static byte[] encode(ServerFrame frame) {
        return bytes(
                switch (frame) {
                    case ServerFrame.Welcome welcome ->
                        "* You are " + welcome.user() + ". /rooms lists rooms, /join ROOM joins one.";
                    case ServerFrame.Joined joined -> "* You are in " + joined.room() + ".";
                    case ServerFrame.Left left -> "* You left " + left.room() + ".";
                    case ServerFrame.Ack ack -> "* Sent as [" + ack.seq() + "].";
                    case ServerFrame.Changed changed -> "* Done.";
                    case ServerFrame.RoomFound found -> "* " + found.room().id() + ".";
                    case ServerFrame.Failed failed ->
                        "! " + failed.reason().detail() + " ("
                                + failed.reason().code().code() + ")";
                    case ServerFrame.Reset reset ->
                        "* There is more between [" + reset.from() + "] and [" + reset.head() + "], see /history.";
                    case ServerFrame.Heads heads -> "";
                    case ServerFrame.Pong pong -> "* pong";
                    case ServerFrame.Bye bye -> "* The node is going away, connect again.";
                });
    }

    /** One line an event. */
    public static byte[] encodeEvents(List<Event> events) {
        return bytes(events.stream().map(LineCodec::line).collect(Collectors.joining("\n")));
    }

    /** Text of the server, for people. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String line(Event event) {
        String begin = "[" + event.seq() + "] " + MINUTE.format(event.at()) + " ";
        UserId sender = event.sender();
        return begin
                + switch (event.body()) {
                    case EventBody.Message message -> sender + ": " + message(message);
                    case EventBody.Edit edit -> "* " + sender + " changed [" + edit.target() + "]" + to(edit.text());
                    case EventBody.Delete delete -> "* " + sender + " deleted [" + delete.target() + "]";
                    case EventBody.Reaction reaction ->
                        "* " + sender + (reaction.removed() ? " took back " : " put ") + reaction.emoji() + " on ["
                                + reaction.target() + "]";
                    case EventBody.Pin pin ->
                        "* " + sender + (pin.removed() ? " unpinned [" : " pinned [") + pin.target() + "]";
                    case EventBody.Membership membership -> "* " + membership(sender, membership);
                    case EventBody.Setting setting -> "* " + sender + " " + setting(setting);
                };
    }

    private static String message(EventBody.Message message) {
        String reply = message.replyTo() == null ? "" : "(to [" + message.replyTo() + "]) ";
        String edited = message.state().editedSeq() == null ? "" : " (edited)";
        return reply + (message.text() == null ? "(deleted)" : printable(message.text()) + edited);
    }

    private static String to(@Nullable String text) {
        return text == null ? "" : " to: " + printable(text);
    }

    private static String membership(UserId sender, EventBody.Membership membership) {
        UserId user = membership.user();
        boolean self = sender.equals(user);
        return switch (membership.change()) {
            case JOINED -> self ? user + " joined" : sender + " added " + user;
            case LEFT -> user + " left";
            case INVITED -> sender + " invited " + user;
            case DECLINED -> self ? user + " declined the invitation" : sender + " took back the invitation of " + user;
            case KICKED -> sender + " removed " + user;
            case BANNED -> sender + " banned " + user;
            case UNBANNED -> sender + " unbanned " + user;
            case MUTED -> sender + " muted " + user;
            case UNMUTED -> sender + " unmuted " + user;
            case OWNER, ADMIN, MEMBER ->
                sender + " made " + user + " " + membership.change().wireName();
        };
    }

    private static String setting(EventBody.Setting setting) {
        return switch (setting.setting()) {
            case NAME, TOPIC, DESCRIPTION ->
                "set the " + setting.setting().wireName() + " to: " + printable(setting.value());
            case ARCHIVED -> "archived the room";
            case UNARCHIVED -> "opened the room again";
        };
    }

    /** What others wrote cannot move this person's cursor or colour the screen: control characters are shown as a dot. */
    static String printable(String text) {
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

    private static String name(String[] words) {
        return words.length > 3 ? String.join(" ", List.of(words).subList(3, words.length)) : word(words, 1);
    }

    private static String word(String[] words, int index) {
        if (words.length <= index) {
            throw ChatException.badRequest(words[0] + " needs more words, see /commands");
        }
        return words[index];
    }

    private static @Nullable Long number(String[] words, int index) {
        if (words.length <= index) {
            return null;
        }
        if (!words[index].matches("[0-9]{1,18}")) {
            throw ChatException.badRequest("Not a number: " + printable(words[index]));
        }
        return Long.valueOf(words[index]);
    }
}

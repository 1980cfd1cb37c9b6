package chat.parlance.protocol;

import static chat.parlance.protocol.LineCodec.printable;

import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MessageState;
import chat.parlance.model.UserId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as a line: {@code [seq] HH:MM sender: text}. Times are UTC. */
final class EventLine {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private EventLine() {}

    static String of(Event event) {
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
        String text = message.text() == null ? "(deleted)" : printable(message.text());
        List<String> facts = facts(message.state());
        return reply + text + (facts.isEmpty() ? "" : " (" + String.join(", ", facts) + ")");
    }

    /** What became of a message, which history alone knows. */
    private static List<String> facts(MessageState state) {
        List<String> facts = new ArrayList<>();
        if (state.editedSeq() != null) {
            facts.add("edited");
        }
        if (state.pinned()) {
            facts.add("pinned");
        }
        if (state.replies() > 0) {
            facts.add(state.replies() == 1 ? "1 reply" : state.replies() + " replies");
        }
        state.reactions().forEach(reaction -> facts.add(reaction.emoji() + " " + reaction.count()));
        return facts;
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
}

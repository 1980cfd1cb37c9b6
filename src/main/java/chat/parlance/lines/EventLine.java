package chat.parlance.lines;

import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MessageState;
import chat.parlance.model.Poll;
import chat.parlance.model.UserId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An event as a line: {@code [seq] HH:MM sender: text}. Times are UTC. */
final class EventLine {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private EventLine() {}

    static TerminalText of(Event event) {
        return TerminalText.of("[%s] %s %s", event.seq(), MINUTE.format(event.at()), said(event));
    }

    /** A message that began a thread, without its later state. */
    static TerminalText first(Event event) {
        return event.body() instanceof EventBody.Message message
                ? TerminalText.of("[%s] %s: %s", event.seq(), event.sender(), text(message))
                : of(event);
    }

    private static TerminalText said(Event event) {
        UserId sender = event.sender();
        return switch (event.body()) {
            case EventBody.Message message -> TerminalText.of("%s: %s", sender, message(message));
            case EventBody.Edit edit -> TerminalText.of("* %s changed [%s]%s", sender, edit.target(), to(edit.text()));
            case EventBody.Delete delete -> TerminalText.of("* %s deleted [%s]", sender, delete.target());
            case EventBody.Reaction reaction -> reaction(sender, reaction);
            case EventBody.Pin pin ->
                pin.removed()
                        ? TerminalText.of("* %s unpinned [%s]", sender, pin.target())
                        : TerminalText.of("* %s pinned [%s]", sender, pin.target());
            case EventBody.Vote vote ->
                vote.options().isEmpty()
                        ? TerminalText.of("* %s took back the vote on [%s]", sender, vote.target())
                        : TerminalText.of(
                                "* %s voted on [%s]: %s", sender, vote.target(), String.join(", ", vote.options()));
            case EventBody.Close close -> TerminalText.of("* %s closed the poll [%s]", sender, close.target());
            case EventBody.MembershipChanged membership -> membership(sender, membership);
            case EventBody.Setting setting -> setting(sender, setting);
        };
    }

    private static TerminalText message(EventBody.Message message) {
        TerminalText reply = reply(message);
        TerminalText text = TerminalText.of("%s%s", text(message), options(message));
        List<TerminalText> facts = facts(message.state());
        return facts.isEmpty()
                ? TerminalText.of("%s%s", reply, text)
                : TerminalText.of("%s%s (%s)", reply, text, TerminalText.joined(", ", facts));
    }

    private static TerminalText text(EventBody.Message message) {
        return message.text() == null ? TerminalText.of("(deleted)") : TerminalText.of("%s", message.text());
    }

    /** Options of a poll with their numbers, and the counts of votes that history has. */
    private static TerminalText options(EventBody.Message message) {
        Poll poll = message.poll();
        if (poll == null) {
            return TerminalText.EMPTY;
        }
        Map<String, Integer> counts = message.state().votes().stream()
                .collect(Collectors.toMap(MessageState.Votes::option, MessageState.Votes::count));
        List<TerminalText> options = new ArrayList<>();
        for (String option : poll.options()) {
            Integer count = counts.get(option);
            options.add(
                    count == null
                            ? TerminalText.of(" | %s %s", options.size() + 1, option)
                            : TerminalText.of(" | %s %s: %s", options.size() + 1, option, count));
        }
        return TerminalText.joined("", options);
    }

    private static TerminalText reply(EventBody.Message message) {
        if (message.replyTo() == null) {
            return TerminalText.EMPTY;
        }
        return message.alsoToRoom() || message.thread() == null
                ? TerminalText.of("(to [%s]) ", message.replyTo())
                : TerminalText.of("(in thread [%s]) ", message.thread());
    }

    /** Later state of a message, which only history has. */
    private static List<TerminalText> facts(MessageState state) {
        List<TerminalText> facts = new ArrayList<>();
        if (state.editedSeq() != null) {
            facts.add(TerminalText.of("edited"));
        }
        if (state.pinned()) {
            facts.add(TerminalText.of("pinned"));
        }
        if (state.closedSeq() != null) {
            facts.add(TerminalText.of("closed"));
        }
        MessageState.Replies replies = state.replies();
        if (replies != null) {
            facts.add(
                    replies.count() == 1 ? TerminalText.of("1 reply") : TerminalText.of("%s replies", replies.count()));
        }
        state.reactions().forEach(reaction -> facts.add(TerminalText.of("%s %s", reaction.emoji(), reaction.count())));
        return facts;
    }

    private static TerminalText to(@Nullable String text) {
        return text == null ? TerminalText.EMPTY : TerminalText.of(" to: %s", text);
    }

    private static TerminalText reaction(UserId sender, EventBody.Reaction reaction) {
        return reaction.removed()
                ? TerminalText.of("* %s took back %s on [%s]", sender, reaction.emoji(), reaction.target())
                : TerminalText.of("* %s put %s on [%s]", sender, reaction.emoji(), reaction.target());
    }

    private static TerminalText membership(UserId sender, EventBody.MembershipChanged membership) {
        UserId user = membership.user();
        boolean self = sender.equals(user);
        return switch (membership.change()) {
            case JOINED -> self ? TerminalText.of("* %s joined", user) : TerminalText.of("* %s added %s", sender, user);
            case LEFT -> TerminalText.of("* %s left", user);
            case INVITED -> TerminalText.of("* %s invited %s", sender, user);
            case DECLINED ->
                self
                        ? TerminalText.of("* %s declined the invitation", user)
                        : TerminalText.of("* %s took back the invitation of %s", sender, user);
            case KICKED -> TerminalText.of("* %s removed %s", sender, user);
            case BANNED -> TerminalText.of("* %s banned %s", sender, user);
            case UNBANNED -> TerminalText.of("* %s unbanned %s", sender, user);
            case MUTED -> TerminalText.of("* %s muted %s", sender, user);
            case UNMUTED -> TerminalText.of("* %s unmuted %s", sender, user);
            case OWNER, ADMIN, MEMBER ->
                TerminalText.of(
                        "* %s made %s %s", sender, user, membership.change().wireName());
        };
    }

    private static TerminalText setting(UserId sender, EventBody.Setting setting) {
        return switch (setting.setting()) {
            case NAME, TOPIC, DESCRIPTION ->
                TerminalText.of(
                        "* %s set the %s to: %s", sender, setting.setting().wireName(), setting.value());
            case ARCHIVED -> TerminalText.of("* %s archived the room", sender);
            case UNARCHIVED -> TerminalText.of("* %s opened the room again", sender);
        };
    }
}

package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.EventBody;
import chat.parlance.model.Poll;
import chat.parlance.model.TextRules;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the content of posts. They are checked when a client's request arrives, and again when a request from
 * another node is stored. Records check ids; the storing transaction checks permissions.
 */
public final class PostRules {

    private PostRules() {}

    /**
     * Checks a post.
     *
     * @param maxTextBytes the longest text, in bytes of UTF-8
     * @throws ChatException with {@code bad_request}, or {@code message.not_found} when no message can have the target
     */
    public static void check(EventBody.Posted body, int maxTextBytes) {
        switch (body) {
            case EventBody.Message message -> {
                text(message.text(), maxTextBytes);
                if (message.poll() != null) {
                    message.poll().check();
                }
                if (message.alsoToRoom() && message.replyTo() == null) {
                    throw ChatException.badRequest("A message without replyTo is always in the room; omit alsoToRoom");
                }
                if (!message.equals(new EventBody.Message(
                        message.id(), message.text(), message.replyTo(), message.alsoToRoom(), message.poll()))) {
                    throw ChatException.badRequest("A new message has no thread, no mentions and no state");
                }
            }
            case EventBody.Edit edit -> {
                text(edit.text(), maxTextBytes);
                if (!edit.mentions().isEmpty()) {
                    throw ChatException.badRequest("A new edit has no mentions");
                }
            }
            case EventBody.Reaction reaction -> {
                if (!reaction.emoji().equals(TextRules.emoji(reaction.emoji()))) {
                    throw ChatException.badRequest("The emoji is not in its stored form");
                }
            }
            case EventBody.Delete delete -> {}
            case EventBody.Pin pin -> {}
            case EventBody.Vote vote -> Poll.check(vote.options());
            case EventBody.Close close -> {}
        }
        Long target = body.target();
        if (target != null && target <= 0) {
            throw new ChatException(ErrorCode.MESSAGE_NOT_FOUND);
        }
    }

    private static void text(@Nullable String text, int maxTextBytes) {
        TextRules.message(text == null ? "" : text, maxTextBytes);
    }
}

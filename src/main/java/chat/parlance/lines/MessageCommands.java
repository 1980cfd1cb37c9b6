package chat.parlance.lines;

import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.PostRequest;
import chat.parlance.text.EmojiNames;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Commands that post messages and change them. */
final class MessageCommands {

    private static final int MAX_FOUND_EMOJI = 20;

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "me TEXT...",
                    "say what you do, in italics",
                    "/me waters the tomatoes",
                    (session, arguments) -> say(session, "_" + arguments.text("TEXT") + "_")),
            LineCommand.of(
                    "reply MESSAGE TEXT...",
                    "answer a message, in its thread",
                    "/reply 12 So do I",
                    (session, arguments) -> reply(session, arguments, false)),
            LineCommand.of(
                    "answer MESSAGE TEXT...",
                    "answer a message, in its thread and in the room",
                    "/answer 12 So do I",
                    (session, arguments) -> reply(session, arguments, true)),
            LineCommand.of(
                    "edit MESSAGE TEXT...",
                    "change what you said",
                    "/edit last I meant potatoes",
                    (session, arguments) -> session.ownMessage(arguments.message())
                            .compose(target ->
                                    session.post(new EventBody.Edit(newId(), target.seq(), arguments.said()), target))),
            LineCommand.of(
                    "delete MESSAGE",
                    "delete what you said",
                    "/delete 12",
                    (session, arguments) -> session.ownMessage(arguments.message())
                            .compose(target -> session.post(new EventBody.Delete(newId(), target.seq()), target))),
            LineCommand.of(
                    "react MESSAGE EMOJI",
                    "put an emoji on a message",
                    "/react 12 tada",
                    (session, arguments) -> react(session, arguments, false)),
            LineCommand.of(
                    "unreact MESSAGE EMOJI",
                    "take your emoji back",
                    "/unreact 12 tada",
                    (session, arguments) -> react(session, arguments, true)),
            LineCommand.of(
                    "emoji TEXT...",
                    "find emoji by their names",
                    "/emoji heart",
                    (session, arguments) -> Future.succeededFuture(emoji(arguments.name("TEXT")))),
            LineCommand.of(
                    "pin MESSAGE",
                    "keep a message in sight",
                    "/pin 12",
                    (session, arguments) -> pin(session, arguments, false)),
            LineCommand.of(
                    "unpin MESSAGE",
                    "pin it no longer",
                    "/unpin 12",
                    (session, arguments) -> pin(session, arguments, true)));

    private MessageCommands() {}

    /** Posts a text, with emoji in place of their names. */
    static Future<TerminalText> say(LineSession session, String text) {
        return session.post(new PostRequest(new EventBody.Message(newId(), EmojiNames.replaceIn(text))));
    }

    private static Future<TerminalText> reply(LineSession session, LineArguments arguments, boolean alsoToRoom) {
        return session.message(arguments.message())
                .compose(target -> session.post(
                        new EventBody.Message(newId(), arguments.said(), target.seq(), alsoToRoom), target));
    }

    private static Future<TerminalText> react(LineSession session, LineArguments arguments, boolean removed) {
        String emoji = arguments.emoji();
        return session.message(arguments.message())
                .compose(target -> session.post(new EventBody.Reaction(newId(), target.seq(), emoji, removed), target));
    }

    private static TerminalText emoji(String text) {
        List<TerminalText> found = EmojiNames.search(text, MAX_FOUND_EMOJI).entrySet().stream()
                .map(name -> TerminalText.of("%s :%s:", name.getValue(), name.getKey()))
                .toList();
        return found.isEmpty() ? TerminalText.of("* No emoji has such a name.") : TerminalText.lines(found);
    }

    private static Future<TerminalText> pin(LineSession session, LineArguments arguments, boolean removed) {
        return session.message(arguments.message())
                .compose(target -> session.post(new EventBody.Pin(newId(), target.seq(), removed), target));
    }

    private static ClientId newId() {
        return new ClientId(UUID.randomUUID().toString());
    }
}

package chat.parlance.lines;

import chat.parlance.model.SavedMessage;
import java.util.List;

/** Saved messages as text, for a person at a terminal. */
public final class SavedLines {

    private SavedLines() {}

    /** One line a message, with its room. */
    public static TerminalText of(List<SavedMessage> messages) {
        return TerminalText.lines(messages.stream()
                .map(saved -> TerminalText.of("#%s %s", saved.message().room(), EventLine.of(saved.message())))
                .toList());
    }
}

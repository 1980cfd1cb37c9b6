package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the messages that a user keeps for itself, the one that was saved last first.
 *
 * @param next where the next page begins, null on the last
 */
public record SavedPage(
        List<SavedMessage> messages, @Nullable SavedPlace next) {

    public SavedPage {
        messages = List.copyOf(messages);
    }
}

package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's saved messages, the one that was saved last first.
 *
 * @param next start of the next page, null on the last
 */
public record SavedPage(
        List<SavedMessage> messages, @Nullable SavedPlace next) {

    public SavedPage {
        messages = List.copyOf(messages);
    }
}

package chat.parlance.room;

import chat.parlance.model.Membership;
import chat.parlance.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * Which of the rooms that a user can see are wanted.
 *
 * @param text part of the id, name or topic in any case, empty for all
 * @param membership how the user stands in them, null for any way
 * @param archived whether archived ones are wanted, and no others
 */
public record RoomFilter(String text, @Nullable Membership membership, boolean archived) {

    private static final int MAX_TEXT_LENGTH = 100;

    public static final RoomFilter ALL = new RoomFilter("", null, false);

    public RoomFilter {
        text = Text.prose("text", text, MAX_TEXT_LENGTH);
    }
}

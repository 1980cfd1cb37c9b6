package chat.parlance.room;

import chat.parlance.model.MembershipState;
import chat.parlance.model.TextRules;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filter of the rooms that a user can see.
 *
 * @param text part of the id, name or topic in any case, empty for all
 * @param memberships the user's memberships to include, empty for any or none
 * @param archived true for archived rooms only, false for the others only, null for both
 */
public record RoomFilter(
        String text,
        Set<MembershipState> memberships,
        @Nullable Boolean archived) {

    private static final int MAX_TEXT_LENGTH = 100;

    public static final RoomFilter ALL = new RoomFilter("", Set.of(), false);

    public RoomFilter {
        text = TextRules.prose("text", text, MAX_TEXT_LENGTH);
    }
}

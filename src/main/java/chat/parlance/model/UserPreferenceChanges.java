package chat.parlance.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Preferences that a user sets. Sections are folded and unfolded one by one, so that two devices do not overwrite each
 * other.
 *
 * @param order null to leave it as it is
 */
public record UserPreferenceChanges(@Nullable RoomOrder order, Set<RoomSection> fold, Set<RoomSection> unfold) {

    public UserPreferenceChanges {
        fold = Set.copyOf(fold);
        unfold = Set.copyOf(unfold);
    }

    public boolean isEmpty() {
        return order == null && fold.isEmpty() && unfold.isEmpty();
    }
}

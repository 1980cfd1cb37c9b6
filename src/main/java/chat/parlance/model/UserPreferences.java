package chat.parlance.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Preferences of a user for the list of rooms, the same on all devices.
 *
 * @param folded sections that show only their unread rooms
 * @param revision greater with each change; 0 for preferences that were never set
 */
public record UserPreferences(RoomOrder order, Set<RoomSection> folded, long revision) {

    public static final UserPreferences DEFAULT =
            new UserPreferences(RoomOrder.RECENT, Set.of(RoomSection.ARCHIVED), 0);

    public UserPreferences {
        EnumSet<RoomSection> sections = EnumSet.noneOf(RoomSection.class);
        sections.addAll(folded);
        folded = Collections.unmodifiableSet(sections);
    }
}

package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/** Preferences for a room that a member sets; what is null stays as it is. */
public record RoomPreferenceChanges(
        @Nullable Boolean starred,
        @Nullable NotificationLevel notifications,
        @Nullable Long hiddenTo) {

    public boolean isEmpty() {
        return starred == null && notifications == null && hiddenTo == null;
    }
}

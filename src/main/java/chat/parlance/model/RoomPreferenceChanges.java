package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/** Requested preferences of a member for a room; null leaves a preference as it is. */
public record RoomPreferenceChanges(
        @Nullable Boolean starred,
        @Nullable NotificationLevel notifications,
        @Nullable Long hiddenTo) {

    public boolean isEmpty() {
        return starred == null && notifications == null && hiddenTo == null;
    }
}

package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/** Requested settings of a room; null leaves a setting as it is. */
public record RoomChanges(
        @Nullable String name,
        @Nullable String topic,
        @Nullable String description,
        @Nullable Boolean archived) {

    public boolean isEmpty() {
        return name == null && topic == null && description == null && archived == null;
    }
}

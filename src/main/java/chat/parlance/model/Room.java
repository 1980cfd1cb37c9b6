package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/**
 * A room as one user sees it.
 *
 * @param name what people call it
 * @param head the seq of its newest event, 0 before the first
 * @param role the viewer's role, or null when the viewer is not a member
 */
public record Room(
        RoomId id,
        String name,
        Visibility visibility,
        long head,
        @Nullable Role role) {}

package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/**
 * A room as one user sees it.
 *
 * @param profile its name and texts
 * @param archived true when it accepts no messages and changes
 * @param head its newest event, {@link Cursor#START} before the first
 * @param viewer the user's membership in it, null for a stranger
 * @param unread a member's unread counts, null for others
 * @param lastMessage its newest message, for a member; null for others and before the first message
 * @param preferences a member's preferences, null for others
 * @param invitedBy the inviting user of an invited one, if known
 * @param peer the other user of a direct room, null for others
 */
public record Room(
        RoomId id,
        RoomProfile profile,
        Visibility visibility,
        boolean archived,
        Cursor head,
        @Nullable Membership viewer,
        @Nullable Unread unread,
        @Nullable LastMessage lastMessage,
        @Nullable RoomPreferences preferences,
        @Nullable User invitedBy,
        @Nullable User peer) {}

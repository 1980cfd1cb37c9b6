package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/**
 * A room as one user sees it.
 *
 * @param profile what people call it and say of it
 * @param archived whether nothing is said or changed in it any more
 * @param head its newest event, {@link Cursor#START} before the first
 * @param viewer what the user is in it, null for a stranger
 * @param unread what a member has not read, null for others
 * @param lastMessage its newest message, for a member; null for others and before the first message
 * @param preferences those of a member, null for others
 * @param invitedBy who invited an invited user, as far as it is known
 * @param peer the other user of a direct room, null for others
 */
public record Room(
        RoomId id,
        RoomProfile profile,
        Visibility visibility,
        boolean archived,
        Cursor head,
        @Nullable Standing viewer,
        @Nullable Unread unread,
        @Nullable LastMessage lastMessage,
        @Nullable RoomPreferences preferences,
        @Nullable User invitedBy,
        @Nullable User peer) {}

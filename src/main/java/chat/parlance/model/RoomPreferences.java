package chat.parlance.model;

/**
 * Preferences of one member for one room, which no other user sees. The end of the membership deletes them.
 *
 * @param starred true when the room is at the top of the user's list
 * @param hiddenTo seq of the last message that the user has hidden: the list omits the room until it has a newer
 *     message; 0 for a room that is not hidden
 * @param revision greater with each change; 0 for preferences that were never set
 */
public record RoomPreferences(boolean starred, NotificationLevel notifications, long hiddenTo, long revision) {

    public static final RoomPreferences DEFAULT = new RoomPreferences(false, NotificationLevel.ALL, 0, 0);
}

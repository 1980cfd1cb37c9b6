package chat.parlance.model;

/**
 * A thread in a user's list.
 *
 * @param first the message that began it, in its present state
 */
public record FollowedThread(Event first, ThreadMarker marker) {}

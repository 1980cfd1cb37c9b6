package chat.parlance.room;

/** Which events of a room's history are wanted. */
public sealed interface Selection {

    Selection EVENTS = new Events();
    Selection MESSAGES = new Messages();
    Selection PINNED = new Pinned();

    /** All of them. */
    record Events() implements Selection {}

    /** Messages alone. */
    record Messages() implements Selection {}

    /** The messages that are pinned. */
    record Pinned() implements Selection {}

    /** The messages of a thread but its first. */
    record Replies(long thread) implements Selection {}
}

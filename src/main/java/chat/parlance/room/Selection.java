package chat.parlance.room;

/** Selection of events from a room's history. */
public sealed interface Selection {

    Selection EVENTS = new Events();
    Selection MESSAGES = new Messages();
    Selection PINNED = new Pinned();

    /** All events. */
    record Events() implements Selection {}

    /** Messages only. */
    record Messages() implements Selection {}

    /** Pinned messages. */
    record Pinned() implements Selection {}

    /** Replies of a thread, without the message that began it. */
    record Replies(long thread) implements Selection {}
}

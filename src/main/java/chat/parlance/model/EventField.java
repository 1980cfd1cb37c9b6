package chat.parlance.model;

/**
 * Fields of event bodies. JSON uses the wire name, the bus the order in which a body writes its fields, and the store a
 * column that its package chooses.
 */
public enum EventField {
    TEXT("text"),
    EMOJI("emoji"),
    /** Message that the event changes. */
    TARGET("target"),
    /** Message that the event answers. */
    REPLY_TO("replyTo"),
    /** First message of the thread; the store finds it. */
    THREAD("thread"),
    ALSO_TO_ROOM("alsoToRoom"),
    /** Members that the text names; the store finds them. */
    MENTIONS("mentions"),
    /** The sender took back what an earlier event added. */
    REMOVED("removed"),
    /** User whose membership changes. */
    USER("userId"),
    MEMBERSHIP_CHANGE("change"),
    SETTING("change"),
    /** New value of a setting. */
    VALUE("text"),
    /** Options of a poll, or those that a vote chooses. */
    OPTIONS("options"),
    /** A member may vote for several options. */
    MULTIPLE("multiple");

    private final String wireName;

    EventField(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}

package chat.parlance.model;

/**
 * Name and texts of a room.
 *
 * @param topic present subject, in a line; may be empty
 * @param description purpose; may be empty
 */
public record RoomProfile(String name, String topic, String description) {

    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_TOPIC_LENGTH = 250;
    private static final int MAX_DESCRIPTION_LENGTH = 2000;

    public RoomProfile {
        name = TextRules.displayName("name", name, MAX_NAME_LENGTH);
        topic = TextRules.line("topic", topic, MAX_TOPIC_LENGTH);
        description = TextRules.prose("description", description, MAX_DESCRIPTION_LENGTH);
    }
}

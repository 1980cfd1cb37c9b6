package chat.parlance.verification;

import chat.parlance.persistence.HistoryReader.StoredEvent;
import chat.parlance.persistence.HistoryReader.StoredRoom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of one room, by its events so far. The settings of its creation are in no event. */
final class ReplayedSettings {

    private static final String NAME = "name";
    private static final String TOPIC = "topic";
    private static final String DESCRIPTION = "description";

    private final Map<String, String> values = new HashMap<>();
    private boolean archived;

    void beginRoom() {
        values.clear();
        archived = false;
    }

    /** @return the problem of an event of the kind {@code room}; null when there is none */
    @Nullable
    String apply(StoredEvent event) {
        String value = event.text();
        if (event.subject() == null || value == null) {
            return "a setting without a name or value";
        }
        switch (event.subject()) {
            case NAME, TOPIC, DESCRIPTION -> values.put(event.subject(), value);
            case "archived" -> archived = true;
            case "unarchived" -> archived = false;
            default -> {
                return "no known setting of a room";
            }
        }
        return null;
    }

    /** Settings in which the room's row differs. */
    List<String> differences(StoredRoom room) {
        List<String> apart = new ArrayList<>();
        Map.of(NAME, room.name(), TOPIC, room.topic(), DESCRIPTION, room.description())
                .forEach((setting, stored) -> {
                    if (!values.getOrDefault(setting, stored).equals(stored)) {
                        apart.add(setting);
                    }
                });
        if (room.archived() != archived) {
            apart.add("archived");
        }
        return apart;
    }
}

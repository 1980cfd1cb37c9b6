package chat.parlance.json;

import chat.parlance.model.RoomPreferences;
import chat.parlance.model.RoomSection;
import chat.parlance.model.UserPreferences;

/** Preferences of a user as JSON objects. */
final class PreferenceJson {

    private PreferenceJson() {}

    static JsonDocument of(RoomPreferences preferences) {
        return json -> {
            json.writeBooleanField("starred", preferences.starred());
            json.writeStringField("notifications", preferences.notifications().wireName());
            json.writeNumberField("hiddenTo", preferences.hiddenTo());
            json.writeNumberField("revision", preferences.revision());
        };
    }

    static JsonDocument of(UserPreferences preferences) {
        return json -> {
            json.writeStringField("order", preferences.order().wireName());
            json.writeArrayFieldStart("folded");
            for (RoomSection section : preferences.folded()) {
                json.writeString(section.wireName());
            }
            json.writeEndArray();
            json.writeNumberField("revision", preferences.revision());
        };
    }
}

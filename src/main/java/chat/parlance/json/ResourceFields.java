package chat.parlance.json;

import chat.parlance.model.NotificationLevel;
import chat.parlance.model.RoomChanges;
import chat.parlance.model.RoomOrder;
import chat.parlance.model.RoomPreferenceChanges;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.RoomSection;
import chat.parlance.model.TextRules;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferenceChanges;
import chat.parlance.model.Visibility;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Members for rooms and preferences in a client's request or frame. */
public final class ResourceFields {

    private ResourceFields() {}

    /** @param name default for a missing or blank name */
    public static RoomProfile profile(JsonFields fields, String name) {
        String chosen = fields.optionalString("name", "");
        return new RoomProfile(
                TextRules.isBlank(chosen) ? name : chosen,
                fields.optionalString("topic", ""),
                fields.optionalString("description", ""));
    }

    public static Visibility visibility(JsonFields fields) {
        return Visibility.chosen(fields.optionalString("visibility", Visibility.PUBLIC.wireName()));
    }

    public static List<UserId> members(JsonFields fields) {
        return fields.strings("memberIds").stream().map(UserId::new).toList();
    }

    public static RoomPreferenceChanges roomPreferences(JsonFields fields) {
        String notifications = fields.optionalString("notifications");
        return new RoomPreferenceChanges(
                fields.optionalFlag("starred"),
                notifications == null ? null : NotificationLevel.of(notifications),
                fields.optionalSeq("hiddenTo"));
    }

    public static UserPreferenceChanges preferences(JsonFields fields) {
        String order = fields.optionalString("order");
        return new UserPreferenceChanges(
                order == null ? null : RoomOrder.of(order), sections(fields, "fold"), sections(fields, "unfold"));
    }

    private static Set<RoomSection> sections(JsonFields fields, String name) {
        return fields.strings(name).stream().map(RoomSection::of).collect(Collectors.toSet());
    }

    public static RoomChanges changes(JsonFields fields) {
        return new RoomChanges(
                fields.optionalString("name"),
                fields.optionalString("topic"),
                fields.optionalString("description"),
                fields.optionalFlag("archived"));
    }
}

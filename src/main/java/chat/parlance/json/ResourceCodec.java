package chat.parlance.json;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.FollowedThread;
import chat.parlance.model.HitPage;
import chat.parlance.model.Member;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.SavedMessage;
import chat.parlance.model.SavedPage;
import chat.parlance.model.SearchFilter;
import chat.parlance.model.SearchHit;
import chat.parlance.model.TextRange;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.ThreadPage;
import chat.parlance.model.User;
import chat.parlance.model.UserPreferences;
import chat.parlance.room.HistoryPage;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** JSON of REST answers. */
public final class ResourceCodec {

    private ResourceCodec() {}

    /** A time as all resources and events have it. */
    public static String time(Instant at) {
        return JsonDocument.TIME.format(at);
    }

    public static byte[] encode(Room room) {
        return new RoomJson(room).encode();
    }

    public static byte[] encode(ReadMarker marker) {
        return new ReadMarkerJson(marker).encode();
    }

    /** A member's preferences for a room. */
    public static byte[] encode(RoomId room, RoomPreferences preferences) {
        JsonDocument own = json -> {
            json.writeStringField("roomId", room.value());
            PreferenceJson.of(preferences).writeMembers(json);
        };
        return own.encode();
    }

    public static byte[] encode(UserPreferences preferences) {
        return PreferenceJson.of(preferences).encode();
    }

    public static byte[] encode(ThreadMarker marker) {
        return new ThreadMarkerJson(marker).encode();
    }

    public static byte[] encodeThreads(ThreadPage page) {
        JsonDocument threads = json -> {
            JsonDocument.writeList(
                    json,
                    "threads",
                    page.threads().stream().map(ResourceCodec::thread).toList());
            json.writeNumberField("unreadThreadCount", page.unread());
            json.writeNumberField("mentionCount", page.mentions());
            if (page.next() != null) {
                json.writeStringField("nextPage", page.next().token());
            }
        };
        return threads.encode();
    }

    public static byte[] encodeSaved(SavedPage page) {
        JsonDocument saved = json -> {
            JsonDocument.writeList(
                    json,
                    "messages",
                    page.messages().stream().map(ResourceCodec::saved).toList());
            if (page.next() != null) {
                json.writeStringField("nextPage", page.next().token());
            }
        };
        return saved.encode();
    }

    private static JsonDocument saved(SavedMessage saved) {
        return json -> {
            new EventJson(saved.message()).writeMembers(json);
            JsonDocument.writeTime(json, "savedAt", saved.savedAt());
        };
    }

    private static JsonDocument thread(FollowedThread thread) {
        return json -> {
            new ThreadMarkerJson(thread.marker()).writeMembers(json);
            json.writeObjectFieldStart("first");
            new EventJson(thread.first()).writeMembers(json);
            json.writeEndObject();
        };
    }

    public static byte[] encodeRooms(List<Room> rooms) {
        return list("rooms", rooms.stream().map(RoomJson::new).toList());
    }

    /** A page of rooms with the caller's preferences for the list of all rooms. */
    public static byte[] encodeRooms(List<Room> rooms, UserPreferences preferences) {
        JsonDocument page = json -> {
            JsonDocument.writeList(
                    json, "rooms", rooms.stream().map(RoomJson::new).toList());
            json.writeObjectFieldStart("preferences");
            PreferenceJson.of(preferences).writeMembers(json);
            json.writeEndObject();
        };
        return page.encode();
    }

    public static byte[] encodeMembers(List<Member> members) {
        return list("members", members.stream().map(ResourceCodec::member).toList());
    }

    public static byte[] encode(User user) {
        return user(user).encode();
    }

    public static byte[] encodeUsers(List<User> users) {
        return list("users", users.stream().map(ResourceCodec::user).toList());
    }

    public static byte[] encode(Event event) {
        return new EventJson(event).encode();
    }

    /**
     * A page of history; what other readers have had encoded is not encoded again.
     *
     * @param name member with the events: events or messages
     */
    public static byte[] encodePage(String name, HistoryPage page) {
        return page.json()
                .get(() -> encodeParts(
                        name,
                        page.items().stream()
                                .map(item -> item.json().get(() -> encode(item.event())))
                                .toList(),
                        page.page().head().seq()));
    }

    /** @param events in JSON */
    private static byte[] encodeParts(String name, List<byte[]> events, long head) {
        byte[] begin = ("{\"" + name + "\":[").getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("],\"head\":" + head + "}").getBytes(StandardCharsets.US_ASCII);
        int commas = Math.max(0, events.size() - 1);
        int length = events.stream().mapToInt(event -> event.length).sum();
        ByteBuffer page = ByteBuffer.allocate(begin.length + length + commas + end.length);
        page.put(begin);
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                page.put((byte) ',');
            }
            page.put(events.get(i));
        }
        return page.put(end).array();
    }

    /**
     * Answer to a post.
     *
     * @param stored the event that it became
     */
    public static byte[] encodePosted(RoomId room, EventBody.Posted body, Cursor stored) {
        JsonDocument posted = json -> {
            json.writeStringField("roomId", room.value());
            json.writeStringField("id", body.id().value());
            json.writeNumberField("seq", stored.seq());
            json.writeStringField("stamp", stored.stamp().toString());
            if (body.target() != null) {
                json.writeNumberField("target", body.target());
            }
        };
        return posted.encode();
    }

    public static byte[] encodeHits(HitPage page) {
        JsonDocument hits = json -> {
            JsonDocument.writeList(
                    json, "hits", page.hits().stream().map(ResourceCodec::hit).toList());
            if (page.next() != null) {
                json.writeStringField("nextPage", page.next());
            }
            JsonDocument.writeList(
                    json,
                    "filters",
                    page.filters().stream().map(ResourceCodec::filter).toList());
        };
        return hits.encode();
    }

    private static JsonDocument filter(SearchFilter filter) {
        return json -> {
            json.writeStringField("name", filter.name());
            json.writeStringField("value", filter.value());
            json.writeFieldName("range");
            writeRange(json, filter.range());
        };
    }

    private static void writeRange(JsonGenerator json, TextRange range) throws IOException {
        json.writeArray(new int[] {range.start(), range.end()}, 0, 2);
    }

    private static JsonDocument hit(SearchHit hit) {
        return json -> {
            new EventJson(hit.message()).writeMembers(json);
            if (hit.excerpt()) {
                json.writeBooleanField("excerpt", true);
            }
            json.writeArrayFieldStart("ranges");
            for (TextRange range : hit.ranges()) {
                writeRange(json, range);
            }
            json.writeEndArray();
        };
    }

    private static byte[] list(String name, List<? extends JsonDocument> documents) {
        JsonDocument list = json -> JsonDocument.writeList(json, name, documents);
        return list.encode();
    }

    private static JsonDocument user(User user) {
        return json -> {
            writeUser(json, user);
        };
    }

    private static void writeUser(JsonGenerator json, User user) throws IOException {
        json.writeStringField("userId", user.id().value());
        json.writeStringField("name", user.name());
        if (user.ambiguous()) {
            json.writeBooleanField("ambiguous", true);
        }
        if (user.bot()) {
            json.writeBooleanField("bot", true);
        }
    }

    private static JsonDocument member(Member member) {
        return json -> {
            writeUser(json, member.user());
            json.writeStringField("membership", member.membership().state().wireName());
            json.writeStringField("role", member.membership().role().wireName());
            json.writeBooleanField("muted", member.membership().muted());
        };
    }
}

package chat.parlance.room;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing to do in a room: a row of the table "Who may do what" of docs/PROTOCOL.md has several.
 *
 * @param method empty for an action by a frame alone
 * @param frame empty for an action by REST alone
 */
record RoomAction(String row, String method, String path, Map<String, Object> body, Map<String, Object> frame) {

    /** Another member of the room. */
    static final String OTHER = "perm-other";

    private static final String GUEST = "perm-guest";

    boolean isByRest() {
        return !method.isEmpty();
    }

    /** The same action with the stamp of its target, unless that is empty. */
    RoomAction withStamp(String stamp) {
        if (stamp.isEmpty()) {
            return this;
        }
        Map<String, Object> stamped = new HashMap<>(frame);
        stamped.put("stamp", stamp);
        if (body.isEmpty()) {
            return new RoomAction(row, method, path + "?stamp=" + stamp, body, stamped);
        }
        Map<String, Object> stampedBody = new HashMap<>(body);
        stampedBody.put("stamp", stamp);
        return new RoomAction(row, method, path, stampedBody, stamped);
    }

    /** All actions, by and about the user with that membership. */
    static List<RoomAction> allOf(String membership) {
        String self = "perm-" + membership;
        Map<String, Object> none = Map.of();
        return List.of(
                new RoomAction("read", "GET", "/events", none, none),
                new RoomAction("read", "GET", "/messages", none, none),
                new RoomAction("read", "GET", "/pins", none, none),
                new RoomAction("read", "GET", "/messages/2", none, none),
                new RoomAction("read", "GET", "/messages/2/replies", none, none),
                new RoomAction("read", "GET", "/members", none, none),
                posting(
                        "post, react, pin, vote",
                        "POST",
                        "/messages",
                        Map.of("text", "hi"),
                        "post",
                        Map.of("text", "hi")),
                posting(
                        "post, react, pin, vote",
                        "PUT",
                        "/messages/2/reactions/%F0%9F%91%8D",
                        none,
                        "react",
                        Map.of("seq", 2, "emoji", "👍")),
                posting("post, react, pin, vote", "PUT", "/pins/2", none, "pin", Map.of("seq", 2)),
                posting(
                        "post, react, pin, vote",
                        "PUT",
                        "/messages/2/vote",
                        Map.of("options", List.of("yes")),
                        "vote",
                        Map.of("seq", 2, "options", List.of("yes"))),
                posting("close own polls", "PUT", "/messages/3/close", none, "close", Map.of("seq", 3)),
                posting("close others' polls", "PUT", "/messages/2/close", none, "close", Map.of("seq", 2)),
                new RoomAction(
                        "set own preferences for the room", "PATCH", "/preferences", Map.of("starred", true), none),
                new RoomAction("send `typing`", "", "", none, Map.of("type", "typing")),
                posting(
                        "edit own messages",
                        "PATCH",
                        "/messages/3",
                        Map.of("text", "new"),
                        "edit",
                        Map.of("seq", 3, "text", "new")),
                posting(
                        "edit others' messages",
                        "PATCH",
                        "/messages/2",
                        Map.of("text", "new"),
                        "edit",
                        Map.of("seq", 2, "text", "new")),
                posting("delete own messages", "DELETE", "/messages/3", none, "delete", Map.of("seq", 3)),
                posting("delete others' messages", "DELETE", "/messages/2", none, "delete", Map.of("seq", 2)),
                member("join", "PUT", "/members/" + self, none, self, "joined"),
                member("leave", "DELETE", "/members/" + self, none, self, "left"),
                member("invite", "PUT", "/invitations/" + GUEST, none, GUEST, "invited"),
                member("kick, ban, mute those below", "DELETE", "/members/" + OTHER, none, OTHER, "kicked"),
                member("kick, ban, mute those below", "PUT", "/bans/" + OTHER, none, OTHER, "banned"),
                member(
                        "kick, ban, mute those below",
                        "PATCH",
                        "/members/" + OTHER,
                        Map.of("muted", true),
                        OTHER,
                        "muted"),
                new RoomAction("kick, ban, mute those below", "GET", "/bans", none, none),
                new RoomAction(
                        "set name, topic, description",
                        "PATCH",
                        "",
                        Map.of("topic", "new"),
                        Map.of("type", "changeRoom", "topic", "new")),
                member(
                        "change roles, hand over",
                        "PATCH",
                        "/members/" + OTHER,
                        Map.of("role", "admin"),
                        OTHER,
                        "admin"),
                new RoomAction("change roles, hand over", "POST", "/hand-over", Map.of("userId", OTHER), none),
                new RoomAction(
                        "archive",
                        "PATCH",
                        "",
                        Map.of("archived", true),
                        Map.of("type", "changeRoom", "archived", true)));
    }

    private static RoomAction posting(
            String row,
            String method,
            String path,
            Map<String, Object> body,
            String type,
            Map<String, Object> members) {
        Map<String, Object> frame = new HashMap<>(members);
        frame.put("type", type);
        return new RoomAction(row, method, path, body, frame);
    }

    private static RoomAction member(
            String row, String method, String path, Map<String, Object> body, String user, String change) {
        return new RoomAction(
                row, method, path, body, Map.of("type", "changeMember", "userId", user, "change", change));
    }
}

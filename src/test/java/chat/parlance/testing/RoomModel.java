package chat.parlance.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * State of a room in a client that applies every received event, and pages of history in between. Two of them at the
 * same head are equal, however each of them got there.
 */
public final class RoomModel {

    private static final int MAX_REPLIERS = 5;

    private final Map<Long, Message> messages = new TreeMap<>();
    private final Map<String, String> memberships = new TreeMap<>();
    private final Map<String, String> roles = new TreeMap<>();
    private final Set<String> muted = new TreeSet<>();
    private final Map<String, String> settings = new TreeMap<>();

    private static final class Message {
        private String text = "";
        private long editedSeq;
        private boolean deleted;
        private boolean pinned;
        private long lastReply;
        private String lastReplyAt = "";
        private List<String> repliers = List.of();
        private int replies;
        private final Map<String, Set<String>> reactions = new TreeMap<>();
        private final Map<String, Set<String>> votes = new TreeMap<>();
        private List<String> options = List.of();
        private long closedSeq;

        @Override
        public String toString() {
            return "%s edited=%d deleted=%s pinned=%s replies=%d/%d %s %s %s %s %s closed=%d"
                    .formatted(
                            text,
                            editedSeq,
                            deleted,
                            pinned,
                            replies,
                            lastReply,
                            lastReplyAt,
                            repliers,
                            reactions,
                            options,
                            votes,
                            closedSeq);
        }
    }

    /** Applies an event of the stream, or one of a page of history, which has messages in their present state. */
    public void apply(JsonObject event) {
        long seq = event.getLong("seq");
        switch (event.getString("kind")) {
            case "message" -> message(seq, event);
            case "edit" ->
                change(event, message -> {
                    if (!message.deleted && event.containsKey("text") && seq >= message.editedSeq) {
                        message.text = event.getString("text");
                        message.editedSeq = seq;
                    }
                });
            case "delete" -> change(event, RoomModel::delete);
            case "reaction" -> change(event, message -> react(message, event));
            case "pin" ->
                change(event, message -> message.pinned = !message.deleted && !event.getBoolean("removed", false));
            case "vote" -> change(event, message -> vote(message, event));
            case "close" -> change(event, message -> message.closedSeq = seq);
            case "membership" -> membership(event.getString("userId"), event.getString("change"));
            case "room" -> setting(event);
            default -> throw new AssertionError(event.encode());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoomModel && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        messages.forEach(
                (seq, message) -> all.append(seq).append(' ').append(message).append('\n'));
        return all.append(memberships)
                .append(roles)
                .append(muted)
                .append(settings)
                .toString();
    }

    /** Applies a message. From history it includes the changes by later events. */
    private void message(long seq, JsonObject event) {
        Message message = messages.computeIfAbsent(seq, absent -> new Message());
        if (event.getBoolean("deleted", false)) {
            delete(message);
        } else if (event.containsKey("editedSeq") || message.editedSeq == 0) {
            message.text = event.getString("text");
        }
        message.editedSeq = Math.max(message.editedSeq, event.getLong("editedSeq", 0L));
        message.pinned |= event.getBoolean("pinned", false);
        JsonObject lastReply = event.getJsonObject("lastReply");
        if (lastReply != null && lastReply.getLong("seq") > message.lastReply) {
            message.lastReply = lastReply.getLong("seq");
            message.replies = event.getInteger("replyCount");
            message.lastReplyAt = lastReply.getString("at");
            message.repliers = event.getJsonArray("repliers").stream()
                    .map(String.class::cast)
                    .toList();
        }
        tally(event.getJsonObject("reactions", new JsonObject()), message.reactions);
        tally(event.getJsonObject("votes", new JsonObject()), message.votes);
        message.closedSeq = Math.max(message.closedSeq, event.getLong("closedSeq", 0L));
        message.options = texts(event.getJsonArray("options", new JsonArray()));
        Long thread = event.getLong("thread");
        if (thread != null && messages.containsKey(thread)) {
            Message first = messages.get(thread);
            if (seq > first.lastReply) {
                first.lastReply = seq;
                first.replies++;
                first.lastReplyAt = event.getString("at");
                first.repliers = Stream.concat(Stream.of(event.getString("sender")), first.repliers.stream())
                        .distinct()
                        .limit(MAX_REPLIERS)
                        .toList();
            }
        }
    }

    private static void tally(JsonObject counted, Map<String, Set<String>> tally) {
        for (String name : counted.fieldNames()) {
            texts(counted.getJsonObject(name).getJsonArray("userIds"))
                    .forEach(user -> tally.computeIfAbsent(name, first -> new TreeSet<>())
                            .add(user));
        }
    }

    private static List<String> texts(JsonArray texts) {
        return texts.stream().map(String.class::cast).toList();
    }

    private static void vote(Message message, JsonObject event) {
        message.votes.values().forEach(users -> users.remove(event.getString("sender")));
        texts(event.getJsonArray("options", new JsonArray()))
                .forEach(option -> message.votes
                        .computeIfAbsent(option, first -> new TreeSet<>())
                        .add(event.getString("sender")));
        message.votes.values().removeIf(Set::isEmpty);
    }

    private static void delete(Message message) {
        message.deleted = true;
        message.text = "";
        message.pinned = false;
        message.editedSeq = 0;
        message.reactions.clear();
        message.votes.clear();
        message.options = List.of();
    }

    private static void react(Message message, JsonObject event) {
        Set<String> users = message.reactions.computeIfAbsent(event.getString("emoji"), first -> new TreeSet<>());
        if (event.getBoolean("removed", false)) {
            users.remove(event.getString("sender"));
        } else if (!message.deleted) {
            users.add(event.getString("sender"));
        }
        if (users.isEmpty()) {
            message.reactions.remove(event.getString("emoji"));
        }
    }

    private void change(JsonObject event, Consumer<Message> change) {
        Message message = messages.get(event.getLong("target"));
        if (message != null) {
            change.accept(message);
        }
    }

    private void membership(String user, String change) {
        switch (change) {
            case "joined", "invited", "banned" -> {
                memberships.put(user, change);
                roles.remove(user);
            }
            case "left", "kicked", "declined", "unbanned" -> {
                memberships.remove(user);
                roles.remove(user);
            }
            case "muted" -> muted.add(user);
            case "unmuted" -> muted.remove(user);
            default -> roles.put(user, change);
        }
    }

    private void setting(JsonObject event) {
        switch (event.getString("change")) {
            case "archived" -> settings.put("archived", "true");
            case "unarchived" -> settings.remove("archived");
            default -> settings.put(event.getString("change"), event.getString("text"));
        }
    }
}

package chat.parlance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.persistence.PostgresUri;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Events of every kind, made by the users alice and bob of a node. */
public final class EveryKind {

    private static final int PATIENCE_SECONDS = 30;
    private static final String BUSY = "busy";
    private static final String LIKE = "%F0%9F%91%8D";

    private static final String BEHIND = """
        select count(*) from room r left join search_progress p on p.room_id = r.room_id
        where r.head > coalesce(p.indexed, 0)
        """;

    private final Rest alice;
    private final Rest bob;
    private int ids;

    public EveryKind(Rest alice, Rest bob) {
        this.alice = alice;
        this.bob = bob;
    }

    /** Every kind of message and change; the numbers are seqs. */
    public void live(String room) {
        String path = "/rooms/" + room;
        done(alice.post("/rooms", Map.of("roomId", room, "topic", "Tea", "memberIds", List.of("bob"))));
        assertThat(say(alice, room, "Tea, @bob?", null)).isEqualTo(3);
        assertThat(say(bob, room, "Yes", 3L)).isEqualTo(4);
        assertThat(say(bob, room, "Mail is to alice@example.org", null)).isEqualTo(5);
        edit(alice, room, 3, "Coffee, @bob?");
        done(bob.send("PUT", path + "/messages/3/reactions/" + LIKE, null));
        done(alice.send("PUT", path + "/pins/3", null));
        assertThat(say(alice, room, "Nothing", null)).isEqualTo(9);
        done(alice.send("PUT", path + "/messages/9/reactions/" + LIKE, null));
        done(alice.send("DELETE", path + "/messages/9/reactions/" + LIKE, null));
        edit(bob, room, 5, "Never mind, @alice");
        done(alice.send("DELETE", path + "/messages/5", null));
        done(alice.send("PATCH", path, "{\"topic\":\"Coffee\"}"));
        done(alice.send("PATCH", path + "/members/bob", "{\"role\":\"admin\"}"));
        done(bob.send("PUT", path + "/read", "{\"seq\":9}"));
        poll(room);
        done(alice.send("PATCH", path + "/members/bob", "{\"muted\":true}"));
    }

    /** A poll with the seq 16, whose votes change before it is closed. */
    private void poll(String room) {
        JsonObject poll = new JsonObject()
                .put("id", "id-" + ids++)
                .put("text", "What to drink?")
                .put("options", List.of("tea", "coffee"));
        HttpResponse<String> posted = alice.send("POST", "/rooms/" + room + "/messages", poll.encode());
        done(posted);
        long seq = new JsonObject(posted.body()).getLong("seq");
        assertThat(seq).isEqualTo(16);
        vote(alice, room, seq, List.of("tea"));
        vote(bob, room, seq, List.of("coffee"));
        vote(alice, room, seq, List.of());
        vote(alice, room, seq, List.of("coffee"));
        vote(alice, room, seq, List.of("coffee"));
        done(alice.send("PUT", "/rooms/" + room + "/messages/" + seq + "/close", null));
    }

    private void vote(Rest user, String room, long seq, List<String> options) {
        JsonObject vote = new JsonObject().put("id", "id-" + ids++).put("options", options);
        done(user.send("PUT", "/rooms/" + room + "/messages/" + seq + "/vote", vote.encode()));
    }

    /** Changes that leave a trace in a row, undone by a later event or not. */
    public void comeAndGo() {
        String path = "/rooms/" + BUSY;
        String asBob = path + "/members/bob";
        done(alice.post("/rooms", Map.of("roomId", BUSY, "visibility", "private")));
        done(alice.send("PUT", path + "/invitations/bob", null));
        done(bob.send("DELETE", path + "/invitations/bob", null));
        done(alice.send("PUT", path + "/invitations/bob", null));
        done(bob.send("PUT", asBob, null));
        long named = say(alice, BUSY, "@bob and @nobody and @alice", null);
        long first = say(bob, BUSY, "First", null);
        long reply = say(alice, BUSY, "Second", first);
        say(bob, BUSY, "Third", reply);
        String like = path + "/messages/" + first + "/reactions/" + LIKE;
        for (String method : List.of("PUT", "PUT", "DELETE", "DELETE", "PUT", "PUT")) {
            done(alice.send(method, like, null));
        }
        for (String method : List.of("PUT", "PUT", "DELETE", "PUT")) {
            done(alice.send(method, path + "/pins/" + first, null));
        }
        done(alice.send("PATCH", asBob, "{\"muted\":true}"));
        done(bob.send("DELETE", asBob, null));
        edit(alice, BUSY, named, "@bob has left, and is named still");
        done(alice.send("PUT", path + "/invitations/bob", null));
        done(bob.send("PUT", asBob, null));
        done(alice.send("PATCH", asBob, "{\"muted\":false}"));
        done(alice.send("DELETE", asBob, null));
        say(alice, BUSY, "@bob is not here", null);
        done(alice.send("PUT", path + "/bans/bob", null));
        done(alice.send("DELETE", path + "/bans/bob", null));
        done(alice.send("DELETE", path + "/messages/" + first, null));
        done(alice.send("PATCH", path, "{\"name\":\"Busy\",\"description\":\"Much\"}"));
        done(alice.send("PATCH", path, "{\"archived\":true}"));
        done(alice.send("PATCH", path, "{\"archived\":false}"));
        done(alice.send("PUT", path + "/invitations/bob", null));
        done(bob.send("PUT", asBob, null));
        done(alice.post(path + "/hand-over", Map.of("userId", "bob")));
        done(alice.send("PUT", "/direct/bob", null));
    }

    private long say(Rest user, String room, String text, @Nullable Long replyTo) {
        JsonObject message = new JsonObject().put("id", "id-" + ids++).put("text", text);
        if (replyTo != null) {
            message.put("replyTo", replyTo);
        }
        HttpResponse<String> posted = user.send("POST", "/rooms/" + room + "/messages", message.encode());
        done(posted);
        return new JsonObject(posted.body()).getLong("seq");
    }

    private void edit(Rest user, String room, long seq, String text) {
        JsonObject edit = new JsonObject().put("id", "id-" + ids++).put("text", text);
        done(user.send("PATCH", "/rooms/" + room + "/messages/" + seq, edit.encode()));
    }

    public static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer + " " + answer.body()).isBetween(200, 204);
    }

    public static void awaitIndexed(PostgresUri uri) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (Connection connection = Database.connect(uri);
                Statement statement = connection.createStatement()) {
            long behind;
            do {
                assertThat(System.nanoTime()).as("the search index is behind").isLessThan(end);
                try (ResultSet rows = statement.executeQuery(BEHIND)) {
                    rows.next();
                    behind = rows.getLong(1);
                }
            } while (behind > 0);
        }
    }
}

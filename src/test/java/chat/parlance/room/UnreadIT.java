package chat.parlance.room;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Mentions;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Unread messages and mentions of a member, over REST. */
final class UnreadIT extends MessageScene {

    @Test
    void shouldMarkAMessageAndAllAfterItAsUnread() {
        long one = post(bob, "one", null);
        post(bob, "two @alice", null);
        long last = post(bob, "three", null);
        read(alice, last);
        assertThat(Rest.code(alice.send("PUT", path("/unread"), "{\"seq\":" + one + ",\"stamp\":\"AAAAAAAA\"}")))
                .isEqualTo("history.changed");
        HttpResponse<String> back = alice.send("PUT", path("/unread"), "{\"seq\":" + one + "}");
        JsonObject marker = new JsonObject(back.body());
        assertThat(marker.getLong("readTo")).isEqualTo(one - 1);
        assertThat(marker.getInteger("readTurn")).isEqualTo(1);
        assertThat(unreadOf(alice)).isEqualTo(3);
        assertThat(mentionsOf(alice)).isEqualTo(1);
        JsonObject again = new JsonObject(
                alice.send("PUT", path("/unread"), "{\"seq\":" + last + "}").body());
        assertThat(again.getInteger("readTurn")).as("it is unread already").isEqualTo(1);
        read(alice, last);
        assertThat(unreadOf(alice)).isZero();
        assertThat(new JsonObject(alice.get(path("")).body()).getInteger("readTurn"))
                .isEqualTo(1);
    }

    @Test
    void shouldCountUnreadMessagesAndMentions() {
        Rest guest = Rest.logIn(TestNode.address(), "guest");
        post(alice, "before guest came @guest", null);
        guest.send("PUT", path("/members/guest"), null);
        long named = post(alice, "hello @guest", null);
        post(bob, "hello", null);
        post(guest, "my own", null);
        JsonObject seen = new JsonObject(guest.get(path("")).body());
        assertThat(seen.getInteger("unreadCount")).isEqualTo(2);
        assertThat(seen.getInteger("mentionCount")).isEqualTo(1);
        edit(alice, named, "hello all");
        assertThat(new JsonObject(guest.get(path("")).body()).getInteger("mentionCount"))
                .isZero();
        JsonObject listed = new JsonObject(
                        guest.get("/rooms?membership=joined&q=" + room).body())
                .getJsonArray("rooms")
                .getJsonObject(0);
        assertThat(listed.getInteger("unreadCount")).isEqualTo(2);
    }

    /** H18: a message that bob has read is a mention for him when an edit adds his name, until he has read the edit. */
    @Test
    void shouldCountAMentionThatAnEditAdds() {
        long seq = post(alice, "lunch?", null);
        read(bob, seq);
        assertThat(edit(alice, seq, "lunch, @Bob?")).isGreaterThan(seq);
        assertThat(mentionsOf(bob)).isEqualTo(1);
        edit(alice, seq, "no lunch");
        assertThat(mentionsOf(bob)).isZero();
        long again = edit(alice, seq, "lunch after all, @bob?");
        assertThat(mentionsOf(bob)).isEqualTo(1);
        edit(alice, seq, "lunch after all, @bob!");
        read(bob, again);
        assertThat(mentionsOf(bob)).isZero();
        alice.send("DELETE", path("/messages/" + seq), null);
        assertThat(message(seq).containsKey("mentions")).isFalse();
    }

    /** The grammar has its own test; this is the node's treatment of a name. */
    @Test
    void shouldMentionMembersAloneForEver() {
        long seq = post(alice, "@nobody @guest @alice ＠BOB `@bob`", null);
        assertThat(message(seq).getJsonArray("mentions")).containsExactly("alice", "bob");
        assertThat(message(post(alice, "`@bob` @nobody \\@bob", null)).containsKey("mentions"))
                .isFalse();
        Rest.logIn(TestNode.address(), "guest").send("PUT", path("/members/guest"), null);
        assertThat(message(seq).getJsonArray("mentions")).containsExactly("alice", "bob");
        assertThat(mentionsOf(bob)).isEqualTo(1);
        JsonObject event = new JsonObject(
                        alice.get(path("/events?limit=1&before=" + (seq + 1))).body())
                .getJsonArray("events")
                .getJsonObject(0);
        assertThat(event.getJsonArray("mentions")).containsExactly("alice", "bob");
    }

    /** The limit counts members; pasted texts contain names of no user. */
    @Test
    void shouldMentionTheFirstFiftyMembersOfAText() {
        String nobody = IntStream.range(0, 2 * Mentions.MAX)
                .mapToObj(i -> "@nobody" + i)
                .collect(joining(" "));
        JsonObject pasted = message(post(alice, nobody + " @bob", null));
        assertThat(pasted.getJsonArray("mentions")).containsExactly("bob");
        List<String> members = IntStream.range(0, Mentions.MAX)
                .mapToObj(i -> "fifty-" + i)
                .peek(id -> Rest.logIn(TestNode.address(), id).send("PUT", path("/members/" + id), null))
                .toList();
        String all = members.stream().map(id -> "@" + id).collect(joining(" "));
        assertThat(message(post(alice, nobody + " " + all + " @bob", null)).getJsonArray("mentions"))
                .hasSameElementsAs(members);
    }
}

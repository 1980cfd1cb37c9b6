package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Searches find what a message says now, in the rooms in which the caller is now. */
final class SearchedRoomsIT {

    private final Rest alice = Rest.logIn(TestNode.address(), "alice");
    private final Rest bob = Rest.logIn(TestNode.address(), "bob");

    @Test
    void shouldFindAMessageByWhatItSaysNow() {
        Searches.room(alice, "search-edited", "bob");
        int seq = Searches.post(alice, "search-edited", "a bugle at dawn");
        Searches.awaitHits(bob, "bugle", 1);
        Searches.edit(alice, "search-edited", seq, "a cornet at dusk");
        // At once, for what is shown is judged by what it says now; what the new text says takes a moment.
        assertThat(Searches.hits(bob, "bugle")).isEmpty();
        JsonObject hit = Searches.awaitHits(bob, "cornet", 1).getJsonObject(0);
        assertThat(hit.getInteger("seq")).isEqualTo(seq);
        assertThat(hit.getString("text")).isEqualTo("a cornet at dusk");
        assertThat(hit.getInteger("editedSeq")).isEqualTo(seq + 1);
        Searches.edit(alice, "search-edited", seq, "a bugle after all");
        assertThat(Searches.awaitHits(bob, "bugle", 1).getJsonObject(0).getInteger("seq"))
                .isEqualTo(seq);
    }

    @Test
    void shouldFindNothingOfADeletedMessage() {
        Searches.room(alice, "search-deleted", "bob");
        int seq = Searches.post(alice, "search-deleted", "a harmonium");
        Searches.edit(alice, "search-deleted", seq, "two harmoniums");
        Searches.awaitHits(bob, "harmonium*", 1);
        alice.send("DELETE", "/rooms/search-deleted/messages/" + seq, null);
        assertThat(Searches.hits(bob, "harmonium*")).isEmpty();
        assertThat(Searches.hits(bob, "in:search-deleted")).isEmpty();
    }

    @Test
    void shouldFindNothingOfARoomToWhichTheCallerIsOnlyInvited() {
        Searches.room(alice, "search-invited", "bob");
        Searches.post(alice, "search-invited", "the sackbut");
        Rest guest = Rest.logIn(TestNode.address(), "guest-search");
        alice.send("PUT", "/rooms/search-invited/invitations/guest-search", null);
        Searches.awaitHits(bob, "sackbut", 1);
        assertThat(Searches.hits(guest, "sackbut")).isEmpty();
        guest.send("PUT", "/rooms/search-invited/members/guest-search", null);
        assertThat(Searches.hits(guest, "sackbut")).hasSize(1);
        alice.send("PUT", "/rooms/search-invited/bans/guest-search", null);
        assertThat(Searches.hits(guest, "sackbut")).isEmpty();
    }

    @Test
    void shouldFindNothingOfRoomsInWhichTheCallerIsNot() {
        alice.post("/rooms", Map.of("roomId", "search-secret", "visibility", "private"));
        alice.post("/rooms", Map.of("roomId", "search-open"));
        Searches.post(alice, "search-secret", "the xylophone is secret");
        Searches.post(alice, "search-open", "the xylophone is here");
        Searches.awaitHits(alice, "xylophone", 2);
        assertThat(Searches.hits(bob, "xylophone")).isEmpty();
        assertThat(answer(bob, "in:search-secret"))
                .isEqualTo(answer(bob, "in:search-no-such-room"))
                .isEqualTo(answer(bob, "in:NOT/A/ROOM"));
        // Alice exists, and has said nothing where bob is.
        assertThat(answer(bob, "from:alice in:search-secret"))
                .isEqualTo(answer(bob, "from:no-such-user"))
                .isEqualTo(answer(bob, "from:\"NOT A USER\""));
    }

    /** The answer without the filters, which are of the query. */
    private static JsonObject answer(Rest user, String query) {
        JsonObject answer = new JsonObject(Searches.search(user, query, null).body());
        answer.remove("filters");
        return answer;
    }

    @Test
    void shouldFindNothingAnyMoreTheMomentAMemberIsRemoved() {
        Searches.room(alice, "search-removed", "bob");
        Searches.post(alice, "search-removed", "the zither is mine");
        Searches.awaitHits(bob, "zither", 1);
        alice.send("DELETE", "/rooms/search-removed/members/bob", null);
        assertThat(Searches.hits(bob, "zither")).isEmpty();
        assertThat(Searches.hits(alice, "zither")).hasSize(1);
    }
}

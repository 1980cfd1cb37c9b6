package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search in the directory of users. */
final class DirectoryIT {

    private static final Rest nobody = new Rest(TestNode.address(), null);

    private static Rest alice;

    @BeforeAll
    static void register() {
        alice = Rest.logIn(TestNode.address(), "alice");
        Map.of(
                        "zoe.1", "Mallory",
                        "zoe.2", "Zoe Z.",
                        "zoe_3", "Zoë",
                        "xa", "Zoë  Ångström",
                        "xb", "ZOE A",
                        "xc", "Alzoe",
                        "xd", "Zo%")
                .forEach(DirectoryIT::add);
    }

    private static void add(String user, String name) {
        assertThat(nobody.post("/users", Map.of("userId", user, "password", Rest.PASSWORD, "name", name))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void shouldFindUsersByTheBeginningOfTheIdThenByThatOfTheName() {
        assertThat(find("zoe")).containsExactly("zoe.1", "zoe.2", "zoe_3", "xb", "xa");
        assertThat(find(" ZOË ")).containsExactly("zoe_3", "xb", "xa", "zoe.2");
        assertThat(find("zoe an")).containsExactly("xa");
        assertThat(find("zoe_")).containsExactly("zoe_3");
        assertThat(find("%")).isEmpty();
        assertThat(find("zoe.2")).containsExactly("zoe.2");
    }

    /** A name that looks like another name or id is marked, so that the id is shown. */
    @Test
    void shouldMarkANameThatLooksLikeAnothers() {
        Map.of("look.1", "Wanda Doe", "look.2", "W\u0430nda Doe", "look.3", "Wanda Roe", "look.4", "LOOK.3")
                .forEach(DirectoryIT::add);
        JsonArray found = new JsonObject(alice.get("/users?q=look.").body()).getJsonArray("users");
        assertThat(found.stream()
                        .map(JsonObject.class::cast)
                        .map(user -> user.getString("userId") + " " + user.getBoolean("ambiguous", false)))
                .containsExactly("look.1 true", "look.2 true", "look.3 true", "look.4 true");
        add("look.5", "Nobody Else");
        assertThat(alice.get("/users?q=look.5").body()).contains("Nobody Else").doesNotContain("ambiguous");
        alice.post("/rooms", Map.of("roomId", "looks", "memberIds", List.of("look.2", "look.5")));
        JsonArray members = new JsonObject(alice.get("/rooms/looks/members").body()).getJsonArray("members");
        assertThat(members.getJsonObject(1).getBoolean("ambiguous")).isTrue();
        assertThat(members.getJsonObject(2).containsKey("ambiguous")).isFalse();
    }

    /** Clients show a direct room by its partner, and an invitation by its sender. */
    @Test
    void shouldNameThePartnerOfADirectRoomAndTheSenderOfAnInvitationWithTheRoom() {
        add("partner.1", "Winnie Doe");
        add("partner.2", "W\u0456nnie Doe");
        add("partner.3", "Bertie");
        Rest partner = Rest.logIn(TestNode.address(), "partner.1");
        List.of("partner.2", "partner.3").forEach(user -> partner.send("PUT", "/direct/" + user, null));
        assertThat(rooms(partner, "joined").stream()
                        .map(room -> "%s %s %s"
                                .formatted(
                                        room.getString("peer"),
                                        room.getString("peerName"),
                                        room.getBoolean("peerAmbiguous", false))))
                .containsExactlyInAnyOrder("partner.2 W\u0456nnie Doe true", "partner.3 Bertie false");
        Rest guest = Rest.logIn(TestNode.address(), "partner.2");
        partner.post("/rooms", Map.of("roomId", "partners", "visibility", "private"));
        partner.send("PUT", "/rooms/partners/invitations/partner.2", null);
        JsonObject invitation = rooms(guest, "invited").getFirst();
        assertThat(invitation.getString("invitedBy")).isEqualTo("partner.1");
        assertThat(invitation.getString("invitedByName")).isEqualTo("Winnie Doe");
        assertThat(invitation.getBoolean("invitedByAmbiguous")).isTrue();
        guest.send("PUT", "/rooms/partners/members/partner.2", null);
        assertThat(guest.get("/rooms/partners").body()).doesNotContain("invitedBy", "peer");
    }

    /** Clients show all of them in one list. */
    @Test
    void shouldListAllRoomsOfAUserWithAnyMembership() {
        Rest host = Rest.logIn(TestNode.address(), "own.host");
        Rest user = Rest.logIn(TestNode.address(), "own.user");
        List.of("own-joined", "own-old", "own-strange")
                .forEach(room -> host.post("/rooms", Map.of("roomId", room, "memberIds", List.of())));
        host.post("/rooms", Map.of("roomId", "own-invited", "visibility", "private"));
        List.of("own-joined", "own-old")
                .forEach(room -> user.send("PUT", "/rooms/" + room + "/members/own.user", null));
        host.send("PUT", "/rooms/own-invited/invitations/own.user", null);
        host.send("PATCH", "/rooms/own-old", "{\"archived\":true}");
        Map.of(
                        "own&archived=any", List.of("own-invited", "own-joined", "own-old"),
                        "own", List.of("own-invited", "own-joined"),
                        "joined&archived=any", List.of("own-joined", "own-old"),
                        "own&archived=true", List.of("own-old"))
                .forEach((query, expected) -> assertThat(rooms(user, query))
                        .as(query)
                        .extracting(room -> room.getString("roomId"))
                        .containsExactlyElementsOf(expected));
    }

    private static List<JsonObject> rooms(Rest user, String membership) {
        return new JsonObject(user.get("/rooms?membership=" + membership).body())
                .getJsonArray("rooms").stream().map(JsonObject.class::cast).toList();
    }

    /**
     * H08 and H10: an id that no mention can end with, an invisible name, a name drawn in another order, over other
     * lines or not at all.
     */
    @ParameterizedTest
    @CsvSource({
        "look., x",
        "look-, x",
        ".look, x",
        "-look, x",
        "lo..ok, x",
        "lo--ok, x",
        "lo.-ok, x",
        "look.6, \u3164",
        "look.7, '\u00a0'",
        "look.8, A\u202eecila",
        "look.9, Al\u200bice",
        "look.10, Alice (@alice)",
        "look.11, Al\u200cice",
        "look.12, Al\ue000ice",
        "look.13, Al\u0378ice",
        "look.14, Zal\u0335\u0335\u0335\u0335\u0335go"
    })
    void shouldRefuseIdsAndNamesThatPeopleCannotReadOrCall(String user, String name) {
        assertThat(Rest.code(nobody.post("/users", Map.of("userId", user, "password", Rest.PASSWORD, "name", name))))
                .isEqualTo("bad_request");
    }

    @Test
    void shouldPageOverBoth() {
        for (int limit = 1; limit <= 5; limit++) {
            List<String> found = new ArrayList<>();
            List<String> page;
            do {
                String after = found.isEmpty() ? "" : found.getLast();
                page = ids(alice.get("/users?q=zoe&limit=" + limit + "&afterId=" + after));
                found.addAll(page);
            } while (page.size() == limit);
            assertThat(found).containsExactly("zoe.1", "zoe.2", "zoe_3", "xb", "xa");
        }
    }

    @Test
    void shouldShowIdsAndNamesAloneAndToUsersAlone() {
        JsonObject found = new JsonObject(alice.get("/users?q=xa").body())
                .getJsonArray("users")
                .getJsonObject(0);
        assertThat(found.getMap()).isEqualTo(Map.of("userId", "xa", "name", "Zoë Ångström"));
        assertThat(nobody.get("/users?q=xa").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseAQueryForAllUsers() {
        for (String query : List.of("", "?q=", "?q=%20", "?q=" + "x".repeat(101), "?q=x&limit=101", "?q=x%00")) {
            assertThat(alice.get("/users" + query).statusCode()).as(query).isEqualTo(400);
        }
    }

    @Test
    void shouldFindUsersOnlyByTheWholeIdInAClosedDirectory() {
        Node closed = TestNode.startBeside("--directory.open=false");
        try {
            Rest there = new Rest("127.0.0.1:" + closed.httpPort(), alice.token());
            assertThat(ids(there.get("/users?q=zoe"))).isEmpty();
            assertThat(ids(there.get("/users?q=Zoe.1"))).containsExactly("zoe.1");
            assertThat(ids(there.get("/users?q=zoe.1&limit=1&afterId=zoe.1"))).isEmpty();
            assertThat(ids(there.get("/users?q=no-such-user"))).isEmpty();
        } finally {
            closed.stop();
        }
    }

    private static List<String> find(String query) {
        return ids(alice.get("/users?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));
    }

    private static List<String> ids(HttpResponse<String> page) {
        assertThat(page.statusCode()).isEqualTo(200);
        JsonArray users = new JsonObject(page.body()).getJsonArray("users");
        return users.stream()
                .map(user -> ((JsonObject) user).getString("userId"))
                .toList();
    }
}

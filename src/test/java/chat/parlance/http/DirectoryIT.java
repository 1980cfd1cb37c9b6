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

/** Who looks for somebody. */
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
                .forEach((user, name) -> assertThat(
                                nobody.post("/users", Map.of("userId", user, "password", Rest.PASSWORD, "name", name))
                                        .statusCode())
                        .isEqualTo(201));
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

    @Test
    void shouldPageOverBoth() {
        for (int limit = 1; limit <= 5; limit++) {
            List<String> found = new ArrayList<>();
            List<String> page;
            do {
                String after = found.isEmpty() ? "" : found.getLast();
                page = ids(alice.get("/users?q=zoe&limit=" + limit + "&after=" + after));
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
        assertThat(found.getMap()).isEqualTo(Map.of("userId", "xa", "name", "Zoë  Ångström"));
        assertThat(nobody.get("/users?q=xa").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseAQueryForEverybody() {
        for (String query : List.of("", "?q=", "?q=%20", "?q=" + "x".repeat(101), "?q=x&limit=101", "?q=x%00")) {
            assertThat(alice.get("/users" + query).statusCode()).as(query).isEqualTo(400);
        }
    }

    @Test
    void shouldFindNobodyButByTheWholeIdWhereTheDirectoryIsClosed() {
        Node closed = TestNode.startBeside("--directory.open=false");
        try {
            Rest there = new Rest("127.0.0.1:" + closed.httpPort(), alice.token());
            assertThat(ids(there.get("/users?q=zoe"))).isEmpty();
            assertThat(ids(there.get("/users?q=Zoe.1"))).containsExactly("zoe.1");
            assertThat(ids(there.get("/users?q=zoe.1&limit=1&after=zoe.1"))).isEmpty();
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

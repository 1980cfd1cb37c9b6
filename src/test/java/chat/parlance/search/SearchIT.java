package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Http;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomLock;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches through REST, in what a node has indexed by itself. */
final class SearchIT {

    private static final int TIMEOUT_SECONDS = 20;

    /** The default of search.perUser. */
    private static final int SEARCHES_PER_USER = 4;

    private final Rest alice = Rest.logIn(TestNode.address(), "alice");
    private final Rest bob = Rest.logIn(TestNode.address(), "bob");

    @Test
    void shouldFindWhatWasSaidWithTheRangesOfTheWords() {
        Searches.room(alice, "search-found", "bob");
        Searches.post(alice, "search-found", "We meet at the Café, tomorrow");
        JsonObject hit = Searches.awaitHits(bob, "cafe in:search-found", 1).getJsonObject(0);
        assertThat(hit.getString("roomId")).isEqualTo("search-found");
        assertThat(hit.getString("kind")).isEqualTo("message");
        assertThat(hit.getString("sender")).isEqualTo("alice");
        assertThat(hit.getString("text")).isEqualTo("We meet at the Café, tomorrow");
        assertThat(hit.getJsonArray("ranges")).isEqualTo(new JsonArray("[[15,19]]"));
        assertThat(hit.getInteger("seq")).isPositive();
    }

    @Test
    void shouldUnderstandTheWholeLanguage() {
        Searches.room(alice, "search-language", "bob");
        Searches.post(alice, "search-language", "one red apple");
        Searches.post(bob, "search-language", "two green apples");
        Searches.post(bob, "search-language", "東京タワーで会いましょう 🎉");
        Searches.awaitHits(alice, "in:search-language", 3);
        assertThat(seqs(alice, "in:search-language apple")).hasSize(2);
        assertThat(seqs(alice, "in:search-language \"apple\"")).hasSize(1);
        assertThat(seqs(alice, "in:search-language -apple")).hasSize(1);
        assertThat(seqs(alice, "in:search-language apple*")).hasSize(2);
        assertThat(seqs(alice, "in:search-language apple* -green")).hasSize(1);
        assertThat(seqs(alice, "in:search-language apple* from:bob")).hasSize(1);
        assertThat(seqs(alice, "in:search-language from:bob from:alice")).hasSize(3);
        assertThat(seqs(alice, "in:search-language \"red apple\"")).hasSize(1);
        assertThat(seqs(alice, "in:search-language \"apple red\"")).isEmpty();
        assertThat(seqs(alice, "in:search-language タワー")).hasSize(1);
        assertThat(seqs(alice, "in:search-language 会")).hasSize(1);
        assertThat(seqs(alice, "in:search-language 🎉")).hasSize(1);
        assertThat(seqs(alice, "in:search-language after:2020-01-01 before:2100-01-01"))
                .hasSize(3);
        assertThat(seqs(alice, "in:search-language before:2020-01-01")).isEmpty();
        assertThat(seqs(alice, "in:search-language after:2100-01-01 apple")).isEmpty();
        assertThat(seqs(alice, "in:search-language -apple -apples")).hasSize(1);
    }

    /** Finds by the index, which has to agree with what {@code SearchQueryTest} finds in a text. */
    @Test
    void shouldFindWhatIsTypedOnTelephonesAndInOtherLanguages() {
        Searches.room(alice, "search-typed", "bob");
        List<String> texts = List.of(
                "green tomatoes",
                "tomatoes are green",
                "서울에서 만나요",
                "학교에 가요",
                "a 5\" nail",
                "ｶﾀｶﾅ と ＦＵＬＬ",
                "مُحَمَّد",
                "שָׁלוֹם",
                "ไปตลาดกัน",
                "nice 👍🏽",
                "die Straße",
                "I don’t know",
                "see report-v2.final.pdf");
        texts.forEach(text -> Searches.post(alice, "search-typed", text));
        Searches.awaitHits(bob, "in:search-typed", texts.size());
        Map<String, Integer> found = new LinkedHashMap<>();
        for (String quoted : List.of("“%s”", "„%s“", "«%s»", "‚%s‘", "‘%s’", "'%s'", "＂%s＂", "\"%s\"")) {
            found.put(quoted.formatted("green tomatoes"), 1);
        }
        for (String once : List.of(
                "서울",
                "학교",
                "학교에서",
                "5\" nail",
                "カタカナ",
                "full",
                "محمد",
                "שלום",
                "ตลาด",
                "👍",
                "STRASSE",
                "don't",
                "report-v2.final.pdf")) {
            found.put(once, 1);
        }
        found.put("tomato", 2);
        found.put("\"tomato\"", 0);
        found.put("\"green tomatoes", 2);
        found.put("-tomato", texts.size() - 2);
        found.forEach((query, count) ->
                assertThat(seqs(bob, "in:search-typed " + query)).as(query).hasSize(count));
        assertThat(Searches.read(bob, "in:search-typed green tom", "")).hasSize(2);
        assertThat(Searches.read(bob, "green tom in:search-typed", "")).hasSize(2);
        assertThat(Searches.read(bob, "in:search-typed green tom ", "")).isEmpty();
        assertThat(Searches.read(bob, "in:search-typed 서우", "")).hasSize(1);
        assertThat(Searches.read(bob, "in:search-typed 학ㄱ", "")).hasSize(1);
        assertThat(Searches.read(bob, "in:search-typed ตล", "")).hasSize(1);
        assertThat(Searches.read(bob, "in:search-typed מח", "")).isEmpty();
        assertThat(Searches.read(bob, "in:search-typed של", "")).hasSize(1);
        assertThat(Searches.read(bob, "in:search-typed green before:2026-0", "&incomplete=true"))
                .hasSize(2);
        assertThat(bob.get("/search?q=green%20before:2026-0").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldFindMessagesWithLinksAndThosePinnedAsTheyAreNow() {
        Searches.room(alice, "search-traits", "bob");
        int link = Searches.post(alice, "search-traits", "clarinets at https://example.org");
        int plain = Searches.post(alice, "search-traits", "clarinets at home");
        Searches.post(alice, "search-traits", "clarinets in `https://example.org`");
        Searches.awaitHits(bob, "in:search-traits", 3);
        assertThat(seqs(bob, "in:search-traits has:link")).containsExactly(link);
        pin(plain, true);
        Searches.awaitHits(bob, "in:search-traits is:pinned clarinet", 1);
        assertThat(seqs(bob, "in:search-traits is:pinned has:link")).isEmpty();
        Searches.edit(alice, "search-traits", plain, "clarinets at www.example.org");
        Searches.awaitHits(bob, "in:search-traits is:pinned has:link", 1);
        pin(plain, false);
        // At once, for a hit is judged by how it is now.
        assertThat(seqs(bob, "in:search-traits is:pinned")).isEmpty();
        Searches.edit(alice, "search-traits", link, "clarinets at last");
        assertThat(seqs(bob, "in:search-traits has:link")).containsExactly(plain);
    }

    private void pin(int seq, boolean pinned) {
        assertThat(alice.send(pinned ? "PUT" : "DELETE", "/rooms/search-traits/pins/" + seq, null)
                        .statusCode())
                .isLessThan(300);
    }

    @Test
    void shouldTellTheFiltersThatItHasRead() {
        JsonObject answer = new JsonObject(
                alice.get("/search?q=" + URLEncoder.encode("tomato from:@Bob has:link", StandardCharsets.UTF_8))
                        .body());
        assertThat(answer.getJsonArray("filters")).isEqualTo(new JsonArray("""
            [{"name": "from", "value": "bob", "range": [7, 16]}, {"name": "has", "value": "link", "range": [17, 25]}]\
            """));
    }

    @Test
    void shouldBeginADayWhenItBeginsForTheReader() {
        Searches.room(alice, "search-days", "bob");
        Searches.post(alice, "search-days", "pumpkin soup");
        Instant at = Instant.parse(
                Searches.awaitHits(bob, "in:search-days", 1).getJsonObject(0).getString("at"));
        for (String zone : List.of(
                "Pacific/Kiritimati",
                "Pacific/Pago_Pago",
                "UTC",
                "+05:45",
                "-12:00",
                "EST",
                "HST",
                "ROC",
                "europe/berlin")) {
            LocalDate day = LocalDate.ofInstant(at, ZoneNames.require(zone));
            Map<String, Integer> found = Map.of(
                    "after:" + day,
                    1,
                    "before:" + day,
                    0,
                    "on:" + day,
                    1,
                    "on:" + day.minusDays(1),
                    0,
                    "before:" + day.plusDays(1),
                    1,
                    "after:" + day.plusDays(1),
                    0);
            String parameter = "&zone=" + URLEncoder.encode(zone, StandardCharsets.UTF_8);
            found.forEach(
                    (filter, count) -> assertThat(Searches.read(bob, "in:search-days pumpkin " + filter, parameter))
                            .as("%s in %s", filter, zone)
                            .hasSize(count));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "zone=Mars/Olympus, zone",
        "zone=, zone",
        "zone=%2B19:00, zone",
        "zone=../etc, zone",
        "incomplete=perhaps, incomplete",
        "incomplete=, incomplete"
    })
    void shouldNameTheParameterThatIsWrong(String parameter, String name) {
        HttpResponse<String> refused = alice.get("/search?q=pumpkin&" + parameter);
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonObject problem = new JsonObject(refused.body());
        assertThat(problem.getString("code")).isEqualTo("bad_request");
        assertThat(problem.getString("detail")).contains("The parameter " + name);
    }

    /** The index is locked meanwhile, so that no search ends before all are sent. */
    @Test
    void shouldAnswerAnotherUserWhileOneSearchesTwentyFourTimesAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
        CompletableFuture<HttpResponse<String>> other;
        try (RoomLock index = RoomLock.by("lock table search_entry in access exclusive mode", null)) {
            for (int i = 0; i < 24; i++) {
                flood.add(searchLater(alice));
            }
            CompletableFuture<?>[] refused = flood.stream()
                    .map(search -> search.thenAccept(answer -> {}))
                    .toArray(CompletableFuture<?>[]::new);
            awaitAnswers(refused, 24 - SEARCHES_PER_USER);
            other = searchLater(bob);
            // One of each, for there are two connections.
            index.awaitWaiting(2);
        }
        assertThat(other.join().statusCode()).isEqualTo(200);
        List<HttpResponse<String>> answers =
                flood.stream().map(CompletableFuture::join).toList();
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(SEARCHES_PER_USER);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 200))
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(429);
                    assertThat(Rest.code(answer)).isEqualTo("rate.limited");
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                });
    }

    private static void awaitAnswers(CompletableFuture<?>[] searches, int count) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (Stream.of(searches).filter(CompletableFuture::isDone).count() < count) {
            assertThat(System.nanoTime()).isLessThan(endNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static CompletableFuture<HttpResponse<String>> searchLater(Rest user) {
        return Http.CLIENT.sendAsync(
                HttpRequest.newBuilder(URI.create("http://" + TestNode.address() + "/api/v1/search?q=tomatoes"))
                        .header("Authorization", "Bearer " + user.token())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldPageWithoutSkippingOrRepeatingWhileMessagesArrive() {
        Searches.room(alice, "search-paged-1", "bob");
        Searches.room(alice, "search-paged-2", "bob");
        for (int i = 0; i < 20; i++) {
            Searches.post(alice, "search-paged-" + (i % 2 + 1), "the marimba number " + i);
        }
        Searches.awaitHits(alice, "marimba", 20);
        List<String> texts = new ArrayList<>();
        String page = null;
        do {
            JsonObject answer =
                    new JsonObject(Searches.search(alice, "marimba", page, 3).body());
            Searches.hits(answer).forEach(hit -> texts.add(((JsonObject) hit).getString("text")));
            page = answer.getString("nextPage");
            Searches.post(bob, "search-paged-1", "a marimba that came later");
        } while (page != null && texts.size() < 100);
        List<String> expected = new ArrayList<>();
        for (int i = 19; i >= 0; i--) {
            expected.add("the marimba number " + i);
        }
        assertThat(texts).hasSize(20).doesNotHaveDuplicates();
        // Messages of one millisecond in two rooms have any order, but always the same.
        assertThat(new HashSet<>(texts)).isEqualTo(new HashSet<>(expected));
        assertThat(texts.subList(0, 2)).contains("the marimba number 19");
    }

    @Test
    void shouldShowOfALongTextThePartAroundWhatWasFound() {
        Searches.room(alice, "search-long", "bob");
        Searches.post(alice, "search-long", "\ud83c\udf89 ".repeat(700) + "bassoon" + " \ud83c\udf89".repeat(700));
        JsonObject hit = Searches.awaitHits(alice, "bassoon", 1).getJsonObject(0);
        assertThat(hit.getBoolean("excerpt")).isTrue();
        String text = hit.getString("text");
        assertThat(text.length()).isLessThanOrEqualTo(Excerpt.MAX_LENGTH);
        JsonArray range = hit.getJsonArray("ranges").getJsonArray(0);
        assertThat(text.substring(range.getInteger(0), range.getInteger(1))).isEqualTo("bassoon");
        assertThat(Character.isLowSurrogate(text.charAt(0))).isFalse();
    }

    @Test
    void shouldTakeHostileInputForTextOrRefuseIt() {
        Searches.room(alice, "search-hostile", "bob");
        Searches.post(
                alice,
                "search-hostile",
                "it's 'quoted' \\ back : 1 & (2 | 3) <-> !4 ~5@bob %x_ '; drop table event; --");
        Searches.awaitHits(alice, "drop in:search-hostile", 1);
        for (String query : List.of(
                "'quoted'", "\\ back", "\"'; drop table event; --\"", "(2", "!4", "<->", "%x_", "& quoted", "it's")) {
            HttpResponse<String> answer = Searches.search(alice, query + " in:search-hostile", null);
            assertThat(answer.statusCode()).as(query).isEqualTo(200);
            assertThat(Searches.hits(new JsonObject(answer.body()))).as(query).hasSize(1);
        }
        for (String query : List.of("from:~~", "from:o'x\\", "from:bob|alice", "from:%00x", "from:@")) {
            assertThat(Searches.hits(alice, query + " quoted in:search-hostile"))
                    .as(query)
                    .isEmpty();
        }
        for (String query : List.of("in:'", "in:~", "in:{}", "in:#", "in:%")) {
            assertThat(Searches.hits(alice, query + " quoted")).as(query).isEmpty();
        }
        for (String page : List.of("x", "!", "AAAA", "_".repeat(27), "%00", "A".repeat(3000))) {
            HttpResponse<String> answer = Searches.search(alice, "quoted", page);
            assertThat(answer.statusCode()).as(page).isEqualTo(400);
        }
        assertThat(Searches.search(alice, "", null).statusCode()).isEqualTo(400);
        assertThat(Searches.search(alice, "???", null).statusCode()).isEqualTo(400);
        assertThat(alice.get("/search?q=a&limit=0").statusCode()).isEqualTo(400);
        assertThat(alice.get("/search?q=a&limit=x").statusCode()).isEqualTo(400);
        assertThat(new Rest(TestNode.address(), null).get("/search?q=a").statusCode())
                .isEqualTo(401);
    }

    private static List<Integer> seqs(Rest user, String query) {
        return Searches.hits(user, query).stream()
                .map(hit -> ((JsonObject) hit).getInteger("seq"))
                .toList();
    }
}

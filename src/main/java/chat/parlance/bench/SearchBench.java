package chat.parlance.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** {@code parlance bench search}: searches over many messages, every hit checked. Blocks. */
final class SearchBench {

    private static final int POLL_MS = 500;
    private static final long SEED = 1;

    /** Ranks of words: on every page of history, less frequent, very rare. */
    private static final int COMMON = 50;

    private static final int USUAL = 2_000;

    private final SearchBenchCommand options;
    private final Vertx vertx = Vertx.vertx();
    private final BenchRest rest;
    private final BenchCorpus corpus = new BenchCorpus(SEED);
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> violations = new ArrayList<>();

    private SearchBench(SearchBenchCommand options, BenchNode node) {
        this.options = options;
        this.rest = new BenchRest(vertx, node.address());
    }

    /** @return the process's exit code: 0 when every hit was right */
    static int run(SearchBenchCommand options) throws IOException {
        // No other client has to be spared by the indexer.
        try (BenchNode node = BenchNode.start(BenchNode.WITHOUT_LIMITS, "--search.indexShare=100")) {
            return new SearchBench(options, node).measure();
        }
    }

    private int measure() {
        String searcher = rest.logIn("bench-" + run);
        long begin = System.nanoTime();
        fill(searcher);
        System.out.printf(Locale.ROOT, "posted %,d messages in %d s%n", options.messages(), seconds(begin));
        begin = System.nanoTime();
        awaitIndex(searcher);
        System.out.printf(Locale.ROOT, "indexed %d s later%n%n", seconds(begin));
        System.out.println("search                         p50 ms   p95 ms   p99 ms   hits");
        Histogram all = new Histogram(3);
        queries().forEach((kind, query) -> all.add(time(searcher, kind, query)));
        report("all", all, "");
        System.out.printf(
                Locale.ROOT, "%nhits that were none: %s%n", violations.isEmpty() ? "none" : violations.size());
        violations.stream().limit(10).forEach(System.out::println);
        BenchRest.await(vertx.close());
        return violations.isEmpty() ? 0 : 1;
    }

    private void fill(String searcher) {
        WebSocketClient client = vertx.createWebSocketClient();
        List<Future<?>> written = new ArrayList<>();
        for (int i = 0; i < options.rooms(); i++) {
            String token = rest.logIn(writer(i));
            String room = "bench-" + run + "-" + i;
            rest.request(HttpMethod.POST, "/rooms", token, new JsonObject().put("roomId", room));
            if (i % 2 == 0) {
                rest.request(HttpMethod.PUT, "/rooms/" + room + "/members/bench-" + run, searcher, null);
            }
            BenchCorpus texts = new BenchCorpus(SEED + i);
            int share = options.messages() / options.rooms();
            written.add(rest.await(() -> client.connect(rest.socket(token))
                    .map(socket -> new BenchWriter(room, socket, texts, share).write())));
        }
        written.forEach(writer -> waitFor(writer));
    }

    /** Waits without a timeout. */
    private static void waitFor(Future<?> writer) {
        writer.toCompletionStage().toCompletableFuture().join();
    }

    /** Waits for the index. A room is indexed when its last message is found; each room has a last word of its own. */
    private void awaitIndex(String searcher) {
        for (int i = 0; i < options.rooms(); i += 2) {
            String room = "bench-" + run + "-" + i;
            String word = "last" + i + run;
            rest.request(
                    HttpMethod.POST,
                    "/rooms/" + room + "/messages",
                    searcher,
                    new JsonObject().put("id", word).put("text", word));
            while (hits(searcher, word).isEmpty()) {
                BenchRest.pause(POLL_MS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private Map<String, Supplier<String>> queries() {
        Map<String, Supplier<String>> queries = new LinkedHashMap<>();
        queries.put("a common word", () -> corpus.wordOf(0, COMMON));
        queries.put("a usual word", () -> corpus.wordOf(COMMON, USUAL));
        queries.put("a rare word", () -> corpus.wordOf(USUAL, BenchCorpus.VOCABULARY));
        queries.put("no such word", () -> corpus.wordOf(USUAL, BenchCorpus.VOCABULARY) + "x");
        queries.put("two usual words", () -> corpus.wordOf(COMMON, USUAL) + " " + corpus.wordOf(COMMON, USUAL));
        queries.put("a common phrase", () -> '"' + corpus.wordOf(0, COMMON) + " " + corpus.wordOf(0, COMMON) + '"');
        queries.put("a usual phrase", () -> '"' + corpus.wordOf(0, COMMON) + " " + corpus.wordOf(COMMON, USUAL) + '"');
        queries.put(
                "a prefix", () -> corpus.wordOf(USUAL, BenchCorpus.VOCABULARY).substring(0, 4) + "*");
        queries.put("in: and a rare word", () -> "in:" + room() + " " + corpus.wordOf(USUAL, BenchCorpus.VOCABULARY));
        queries.put("from: and a usual word", () -> "from:" + writer(0) + " " + corpus.wordOf(COMMON, USUAL));
        queries.put("from: alone", () -> "from:" + writer(0));
        queries.put("a common word but not another", () -> corpus.wordOf(0, COMMON) + " -" + corpus.wordOf(0, COMMON));
        return queries;
    }

    private Histogram time(String searcher, String kind, Supplier<String> query) {
        Histogram latency = new Histogram(3);
        long found = 0;
        for (int i = 0; i < options.queries(); i++) {
            String typed = query.get();
            long begin = System.nanoTime();
            JsonArray hits = hits(searcher, typed);
            latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
            found += hits.size();
            check(typed, hits);
        }
        report(kind, latency, String.format(Locale.ROOT, "%6.1f", (double) found / options.queries()));
        return latency;
    }

    private static void report(String kind, Histogram latency, String hits) {
        System.out.printf(
                Locale.ROOT,
                "%-30s %7.1f  %7.1f  %7.1f %s%n",
                kind,
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(95) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                hits);
    }

    private JsonArray hits(String searcher, String query) {
        return rest.request(
                        HttpMethod.GET, "/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8), searcher, null)
                .getJsonArray("hits");
    }

    /** Checks hits: the rooms of the searcher have even numbers, and each word must be in the text. */
    private void check(String query, JsonArray hits) {
        for (int i = 0; i < hits.size(); i++) {
            JsonObject hit = hits.getJsonObject(i);
            String text = " " + hit.getString("text") + " ";
            String room = hit.getString("roomId");
            boolean ofSearcher = Integer.parseInt(room.substring(room.lastIndexOf('-') + 1)) % 2 == 0;
            if (!ofSearcher || !isMatch(query, text)) {
                violations.add(query + " found " + hit);
            }
        }
    }

    private static boolean isMatch(String query, String text) {
        if (query.startsWith("\"")) {
            return text.contains(" " + query.substring(1, query.length() - 1) + " ");
        }
        String[] parts = query.split(" ", -1);
        for (int i = 0; i < parts.length; i++) {
            if (!isMatch(parts[i], i == parts.length - 1, text)) {
                return false;
            }
        }
        return true;
    }

    /** True when the text has the word; the last word of a query also matches as a prefix. */
    private static boolean isMatch(String part, boolean isLast, String text) {
        if (part.contains(":")) {
            return true;
        }
        if (part.startsWith("-")) {
            return !text.contains(" " + part.substring(1) + " ");
        }
        String beginning = part.endsWith("*") ? part.substring(0, part.length() - 1) : part;
        boolean isBeginning = isLast || part.endsWith("*");
        return text.contains(" " + beginning + (isBeginning ? "" : " "));
    }

    private String room() {
        return "bench-" + run + "-0";
    }

    private String writer(int index) {
        return "writer-" + run + "-" + index;
    }

    private static long seconds(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}

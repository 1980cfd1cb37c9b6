package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Browser;
import chat.parlance.testing.TestNode;
import com.google.errorprone.annotations.FormatMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code mvn verify -Ppage-bench}: time that the page takes on a slowed processor for what happens, in Chromium against a real
 * node. Each round measures all rows of all pages one after the other, so that a change of the machine meets all of them; a
 * figure is the median of the rounds. It has no limits: those of a build count components, see {@link RedrawBrowserIT}.
 *
 * <p>{@code -Dpage.before=FOLDER} also measures an earlier page, whose modules are in that folder, and gives ratios.
 */
final class PageBench {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int ROUNDS = Integer.getInteger("page.rounds", 5);
    private static final String BEFORE = System.getProperty("page.before", "");
    private static final Path REPORT = Path.of("target/page-bench.json");

    /** Figures of a row by their names, each with that of every round. */
    private record Figures(Map<String, List<Double>> rounds) {

        double median(String name) {
            List<Double> sorted = rounds.get(name).stream().sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }

    @Test
    void shouldMeasureThePage() throws IOException {
        Map<String, Node> pages = new LinkedHashMap<>();
        try {
            if (!BEFORE.isEmpty()) {
                pages.put("before", TestNode.startBeside("--page.folder=" + BEFORE));
            }
            // Both as modules or both as bundles: what is compared differs in one thing.
            pages.put(
                    "now",
                    BEFORE.isEmpty()
                            ? TestNode.startBeside()
                            : TestNode.startBeside("--page.folder=src/main/resources/web"));
            Map<String, Map<String, Figures>> all = measure(pages);
            print(all);
            Files.writeString(REPORT, json(all).encodePrettily());
            assertThat(all.get("now")).isNotEmpty();
        } finally {
            pages.values().forEach(Node::stop);
        }
    }

    private static Map<String, Map<String, Figures>> measure(Map<String, Node> pages) {
        Map<String, PageBenchRooms> rooms = new LinkedHashMap<>();
        pages.forEach((page, node) -> rooms.put(page, PageBenchRooms.create("127.0.0.1:" + node.httpPort())));
        Map<String, Map<String, Figures>> all = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            rooms.forEach((page, ofPage) -> {
                Map<String, Figures> rows = all.computeIfAbsent(page, name -> new LinkedHashMap<>());
                new PageBenchRound(BROWSER, ofPage).measure().forEach((row, figures) -> add(rows, row, figures));
            });
        }
        return all;
    }

    private static void add(Map<String, Figures> rows, String row, Map<String, Double> figures) {
        Figures known = rows.computeIfAbsent(row, name -> new Figures(new LinkedHashMap<>()));
        figures.forEach((name, figure) -> known.rounds()
                .computeIfAbsent(name, figureName -> new ArrayList<>())
                .add(figure));
    }

    private static void print(Map<String, Map<String, Figures>> all) {
        System.out.printf(
                "page bench: processor slowed %.0f times, medians of %d rounds%n", PageBenchRound.SLOWDOWN, ROUNDS);
        Map<String, Figures> now = all.get("now");
        Map<String, Figures> before = all.getOrDefault("before", Map.of());
        now.forEach((row, figures) -> figures.rounds().keySet().forEach(name -> {
            double measured = figures.median(name);
            StringBuilder line = new StringBuilder(format("%-44s %-20s %9.2f", row, name, measured));
            if (before.containsKey(row)) {
                double earlier = before.get(row).median(name);
                line.append(format("   before %9.2f, %6.1f times", earlier, earlier / measured));
            }
            if (name.equals("task ms")) {
                line.append(format(
                        "   %5.1f bare messages, %5.1f bare frames",
                        measured / now.get(PageBenchRound.BARE_MESSAGE).median(name),
                        measured / now.get(PageBenchRound.BARE_FRAME).median(name)));
            }
            System.out.println(line);
        }));
    }

    @FormatMethod
    private static String format(String line, Object... values) {
        return String.format(Locale.ROOT, line, values);
    }

    private static JsonObject json(Map<String, Map<String, Figures>> all) {
        JsonObject report = new JsonObject().put("rounds", ROUNDS).put("slowdown", PageBenchRound.SLOWDOWN);
        all.forEach((page, rows) -> {
            JsonObject ofPage = new JsonObject();
            rows.forEach((row, figures) -> {
                JsonObject ofRow = new JsonObject();
                figures.rounds()
                        .forEach((name, rounds) -> ofRow.put(
                                name,
                                new JsonObject()
                                        .put("median", figures.median(name))
                                        .put("rounds", new JsonArray(rounds))));
                ofPage.put(row, ofRow);
            });
            report.put(page, ofPage);
        });
        return report;
    }
}

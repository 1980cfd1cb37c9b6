package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.NodeJs;
import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn verify -Plighthouse}: scores of the page by Lighthouse, on a simulated phone with a slow network and on a desktop.
 * Needs npm, from which Lighthouse comes at the versions of {@code src/test/lighthouse/package-lock.json}, and Chromium.
 */
final class PageLighthouse {

    private static final int MIN_SCORE = 98;

    /** Number of runs of a view, of which the best one counts. */
    private static final int RUNS = 3;

    private static final List<String> DOOR = List.of("performance", "accessibility", "best-practices");

    /** The performance of a conversation is printed only: its blocking time is that of the machine at that moment. */
    private static final List<String> CONVERSATION = List.of("accessibility", "best-practices");

    private static final List<String> FILES = List.of("package.json", "package-lock.json", "score.mjs");

    private static final Path SOURCE = Path.of("src/test/lighthouse");
    private static final Path FOLDER = Path.of("target/lighthouse");

    @Test
    void shouldScoreAtLeastNinetyEight() throws IOException, InterruptedException {
        install();
        Rest alice = Rest.logIn(Nodes.first(), "lighthouse-alice");
        alice.post("/rooms", Map.of("roomId", "lighthouse-room"));
        for (int i = 0; i < 30; i++) {
            alice.post(
                    "/rooms/lighthouse-room/messages",
                    Map.of("id", "lighthouse-" + i, "text", "**Line** %d, see https://example.org".formatted(i)));
        }
        JsonArray scores = scores();
        Files.writeString(FOLDER.resolve("scores.json"), scores.encodePrettily());
        for (Object each : scores) {
            JsonObject view = (JsonObject) each;
            System.out.println(view.encode());
            boolean isDoor = view.getString("view").startsWith("door");
            for (String category : isDoor ? DOOR : CONVERSATION) {
                assertThat(view.getInteger(category))
                        .as("%s, %s: %s", view.getString("view"), category, view.getJsonArray("findings"))
                        .isGreaterThanOrEqualTo(MIN_SCORE);
            }
        }
    }

    /** Copies the lock file and installs from it; the scripts of packages are not run. */
    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        for (String file : FILES) {
            Files.write(FOLDER.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
        }
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(FOLDER.toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(npm.waitFor()).as("npm ci").isZero();
    }

    private static JsonArray scores() {
        JsonObject input = new JsonObject()
                .put("origin", "http://" + Nodes.first())
                .put("chromium", Browser.installed().orElseThrow().toString())
                .put("user", "lighthouse-alice")
                .put("password", Rest.PASSWORD)
                .put("room", "lighthouse-room")
                .put("runs", RUNS);
        NodeJs.Outcome outcome =
                NodeJs.runCommand(List.of(FOLDER.resolve("score.mjs").toString()), input.encode());
        assertThat(outcome.exitCode()).as(String.join("\n", outcome.lines())).isZero();
        return new JsonArray(outcome.lines().getLast());
    }
}

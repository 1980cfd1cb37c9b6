package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's commands, run as they stand there but for the address. */
final class ReadmeIT {

    @Test
    void shouldRegisterLogInMakeARoomAndReadHistoryWithCurl() throws Exception {
        String script = block("curl")
                .replace("127.0.0.1:8080", TestNode.address())
                .replace("alice", "readme-alice")
                .replace("garden", "readme-garden");
        List<String> answers = run("bash", "-euc", script).lines().toList();
        // The answers have no line ends of their own, so they follow each other.
        String all = String.join("", answers);
        assertThat(all)
                .startsWith("{\"userId\":\"readme-alice\"")
                .contains("\"roomId\":\"readme-garden\"", "\"seq\":2");
        JsonObject page = new JsonObject(all.substring(all.indexOf("{\"events\"")));
        assertThat(page.getLong("head")).isEqualTo(2);
    }

    @Test
    void shouldExplainEveryKeyInTheHelp() throws Exception {
        String help = run("./parlance", "--help");
        assertThat(help).contains("Usage: parlance", "parlance bench", "--http.port=8080", "PARLANCE_HTTP_PORT");
    }

    @Test
    void shouldMeasureSendsAndSearches() throws Exception {
        assertThat(run("./parlance", "bench", "--clients=20", "--rooms=4", "--seconds=1"))
                .contains("node CPU s per 1 M deliveries", "lost, doubled or out of order: none");
        assertThat(run("./parlance", "bench", "search", "--messages=400", "--rooms=4", "--queries=3"))
                .contains("posted 400 messages", "hits that were none: none");
    }

    /** The README's first shell block that has the word. */
    private static String block(String word) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int at = readme.indexOf("```sh\n", readme.lastIndexOf("```sh\n", readme.indexOf(word)));
        return readme.substring(at + 6, readme.indexOf("```", at + 6));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}

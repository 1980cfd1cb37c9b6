package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Documents;
import chat.parlance.testing.Shell;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands of the README, run unchanged except for the address. */
final class ReadmeIT {

    @Test
    void shouldRegisterLogInMakeARoomAndReadHistoryWithCurl() {
        String script = Documents.shellBlock("README.md", "curl")
                .replace("127.0.0.1:8080", TestNode.address())
                .replace("alice", "readme-alice")
                .replace("garden", "readme-garden");
        List<String> answers =
                Shell.run(List.of("bash", "-euc", script)).lines().toList();
        // The answers have no line ends of their own, so they follow each other.
        String all = String.join("", answers);
        assertThat(all)
                .startsWith("{\"userId\":\"readme-alice\"")
                .contains("\"roomId\":\"readme-garden\"", "\"seq\":2");
        JsonObject page = new JsonObject(all.substring(all.indexOf("{\"events\"")));
        assertThat(page.getLong("head")).isEqualTo(2);
    }

    @Test
    void shouldExplainEveryKeyInTheHelp() {
        String help = Shell.run("./parlance --help");
        assertThat(help).contains("Usage: parlance", "  bench ", "--http.port=8080", "PARLANCE_HTTP_PORT");
    }

    @Test
    void shouldMeasureSendsAndSearches() {
        assertThat(Shell.run("./parlance bench --clients=20 --rooms=4 --seconds=1"))
                .contains("node CPU s per 1 M deliveries", "lost, doubled or out of order: none");
        assertThat(Shell.run("./parlance bench search --messages=400 --rooms=4 --queries=3"))
                .contains("posted 400 messages", "hits that were none: none");
    }
}

package chat.parlance.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Documents;
import chat.parlance.testing.NodeJs;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client library in a program for Node.js: installed from its package. With Node.js 20 and npm if the machine has
 * them, else with the Node.js of the tests and by unpacking, which is all that installing does for a package without
 * dependencies.
 */
final class ClientPackageIT {

    private static final String EXAMPLE = "node_modules/parlance-client/example.mjs";
    private static final int PATIENCE_SECONDS = 20;

    @TempDir
    private static Path project;

    private static String node;
    private static boolean hasWebSocket;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Files.writeString(project.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}");
        String packed = ClientPackage.PACKED.toAbsolutePath().toString();
        if (run(List.of("npm", "install", "--offline", "--no-audit", "--no-fund", packed))
                        .exitCode()
                != 0) {
            Path module = Files.createDirectories(project.resolve("node_modules/parlance-client"));
            assertThat(run(List.of("tar", "-xzf", packed, "--strip-components=1", "-C", module.toString()))
                            .exitCode())
                    .isZero();
        }
        boolean has20 =
                String.join("", run(List.of("node", "--version")).lines()).startsWith("v20.");
        node = has20 ? "node" : NodeJs.executable();
        hasWebSocket = !has20;
    }

    @Test
    void shouldRunTheDocumentedExampleAsItIsWritten() throws IOException, InterruptedException {
        String example = Files.readString(project.resolve(EXAMPLE));
        assertThat(Documents.read("docs/CLIENTS.md")).contains("```js\n" + example + "```");
        assertThat(Documents.read("src/main/npm/README.md")).contains("```js\n" + example + "```");
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        alice.post("/rooms", Map.of("roomId", "garden"));
        List<String> command = new ArrayList<>(List.of(node));
        if (!hasWebSocket) {
            command.add("--experimental-websocket");
        }
        command.add(EXAMPLE);
        Process process = start(command);
        Thread.ofVirtual().start(() -> endInTime(process));
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().anyMatch(line -> line.matches("garden [0-9]+ Is anybody here\\?")))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** On Node.js 20 it tried to connect for ever, without an error. */
    @Test
    void shouldSayAtOnceThatThereIsNoWebSocket() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(node));
        if (hasWebSocket) {
            command.add("--no-experimental-websocket");
        }
        command.add(EXAMPLE);
        NodeJs.Outcome outcome = run(command);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(String.join("\n", outcome.lines()))
                .contains("ParlanceError", "client.no_websocket", "option WebSocket", "--experimental-websocket");
    }

    @Test
    void shouldReportAnInvalidOption() throws IOException, InterruptedException {
        Files.writeString(project.resolve("wrong.mjs"), """
            import { ParlanceClient, ParlanceError } from "parlance-client";
            class Broken { constructor() { throw new SyntaxError("not a socket"); } }
            const storage = { getItem: () => JSON.stringify({ userId: "alice", accessToken: "a", expiresAt: 1e15 }), setItem() {} };
            const given = [
              {},
              { origin: "chat.example.org", WebSocket: Broken },
              { origin: "https://chat.example.org/chat", WebSocket: Broken },
              { origin: "https://chat.example.org", WebSocket: "ws" },
            ];
            for (const options of given) {
              try {
                new ParlanceClient(options);
              } catch (refused) {
                console.log(refused instanceof ParlanceError, refused.code);
              }
            }
            process.on("unhandledRejection", (failure) => {
              console.log("told", failure.message);
              process.exit(0);
            });
            new ParlanceClient({ origin: "https://chat.example.org", WebSocket: Broken, storage }).restore();
            """);
        assertThat(run(List.of(node, "wrong.mjs")).lines())
                .containsExactly(
                        "true client.bad_option",
                        "true client.bad_option",
                        "true client.bad_option",
                        "true client.bad_option",
                        "told not a socket");
    }

    @Test
    void shouldHaveTypesThatTypeScriptFinds(@TempDir Path compiler) throws IOException {
        TypeScript.unpack(compiler);
        Files.writeString(project.resolve("typed.ts"), """
            import { DEFAULTS, MAX_PAGE, ParlanceClient, ParlanceError } from "parlance-client";
            const client: ParlanceClient = new ParlanceClient({ origin: "https://chat.example.org" });
            client.on("event", ({ roomId, event }) => {
              const where: string = roomId;
              const seq: number = event.seq;
              return [where, seq];
            });
            // @ts-expect-error a seq is a number
            client.on("event", ({ event }) => event.seq.trim());
            // @ts-expect-error there is no such event
            client.on("nothing", () => {});
            // @ts-expect-error the origin is missing
            new ParlanceClient({});
            const retryable: boolean = new ParlanceError("network", "away", true).retryable;
            const most: number = MAX_PAGE + DEFAULTS.pageSize;
            export { most, retryable };
            """);
        assertThat(TypeScript.run(
                        compiler,
                        "--noEmit",
                        "--strict",
                        "--module",
                        "nodenext",
                        "--target",
                        "es2022",
                        project.resolve("typed.ts").toString()))
                .isEqualTo(new NodeJs.Outcome(0, List.of()));
    }

    private static NodeJs.Outcome run(List<String> command) throws InterruptedException {
        try {
            Process process = start(command);
            try (BufferedReader lines = process.inputReader()) {
                List<String> written = lines.lines().toList();
                return new NodeJs.Outcome(process.waitFor(), written);
            }
        } catch (IOException missing) {
            return new NodeJs.Outcome(127, List.of(String.valueOf(missing.getMessage())));
        }
    }

    private static void endInTime(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("PARLANCE_ORIGIN", "http://" + TestNode.address(), "PARLANCE_PASSWORD", Rest.PASSWORD));
        return builder.start();
    }
}

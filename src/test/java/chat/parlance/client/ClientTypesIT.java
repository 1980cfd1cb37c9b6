package chat.parlance.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.NodeJs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library's JSDoc types, as TypeScript's checker sees them. */
final class ClientTypesIT {

    @TempDir
    private static Path compiler;

    @BeforeAll
    static void unpackCompiler() throws IOException {
        TypeScript.unpack(compiler);
    }

    @Test
    void shouldFindNoFaultWithTheClientLibrary() {
        assertThat(check(Path.of("src/test/javascript/tsconfig.json"))).isEqualTo(new NodeJs.Outcome(0, List.of()));
    }

    @Test
    void shouldFindAWrongUseOfTheLibrary(@TempDir Path folder) throws IOException {
        Path library = Path.of("src/main/resources/web/parlance-client.js").toAbsolutePath();
        Files.writeString(folder.resolve("wrong.js"), """
            import { ParlanceClient } from "%s";
            const client = new ParlanceClient({ origin: "https://chat.example.org" });
            client.on("event", ({ event }) => event.seq.trim());
            """.formatted(library));
        Files.writeString(folder.resolve("tsconfig.json"), """
            { "extends": "%s", "include": ["wrong.js"] }
            """.formatted(
                        Path.of("src/test/javascript/tsconfig.json").toAbsolutePath()));
        assertThat(check(folder.resolve("tsconfig.json")).lines())
                .singleElement()
                .asString()
                .contains("wrong.js", "TS2339", "'trim'");
    }

    private static NodeJs.Outcome check(Path project) {
        return TypeScript.run(compiler, "-p", project.toString());
    }
}

package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations whose answers are compressed, and the format. */
final class CompressionTest {

    private static final Set<String> COMPRESSED = compressed();

    /** Read-only answers without a token. */
    @Test
    void shouldCompressOperationsOfTheContractThatGiveNoToken() {
        Set<String> left = new HashSet<>(COMPRESSED);
        JsonObject contract = DescriptionFile.read("openapi").json();
        for (Map.Entry<String, Object> path : contract.getJsonObject("paths")) {
            for (Map.Entry<String, Object> entry : (JsonObject) path.getValue()) {
                if (entry.getValue() instanceof JsonObject operation
                        && left.remove(operation.getString("operationId"))) {
                    assertThat(entry.getKey())
                            .as(operation.getString("operationId"))
                            .isEqualTo("get");
                    assertThat(operation.getJsonObject("responses").encode())
                            .doesNotContainIgnoringCase("token")
                            .doesNotContain("Session");
                }
            }
        }
        assertThat(left).as("not in the contract").isEmpty();
    }

    /** A topic of one room must not be found by a guess in the name of another. */
    @Test
    void shouldPadAnswersWithSeveralRooms() {
        assertThat(Compression.ALL)
                .filteredOn(compression -> compression.paddings() > 0)
                .flatExtracting(Compression::operations)
                .containsExactlyInAnyOrder("listRooms", "listSaved", "listThreads", "search");
        assertThat(Compression.of("logIn")).isNull();
        assertThat(Compression.of("listSessions")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, 40_000, 1_000_000})
    void shouldWriteGzipWithAndWithoutPadding(int length) throws IOException {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        for (int padding : new int[] {0, 1, 255}) {
            byte[] gzipped = Gzip.compress(plain, padding);
            assertThat(gzipped).hasSize(Gzip.compress(plain, 0).length + padding);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
                assertThat(in.readAllBytes()).isEqualTo(plain);
            }
        }
    }

    private static Set<String> compressed() {
        Set<String> operations = new HashSet<>();
        Compression.ALL.forEach(compression -> operations.addAll(compression.operations()));
        return operations;
    }
}

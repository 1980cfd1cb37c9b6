package chat.parlance.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.parlance.testing.Http;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compression of answers for clients that can read it. */
final class CompressedAnswersIT {

    private final Rest nobody = new Rest(TestNode.address(), null);
    private final Rest alice = Rest.logIn(TestNode.address(), "alice");

    /** Values of Accept-Encoding, and whether a page of history then comes compressed. */
    static List<Arguments> encodings() {
        return List.of(
                arguments(null, false),
                arguments("identity", false),
                arguments("br", false),
                arguments("gzip;q=0, *", false),
                arguments("*;q=0", false),
                arguments("gzip", true),
                arguments("GZIP", true),
                arguments("x-gzip", true),
                arguments("br, gzip;q=0.5", true),
                arguments("gzip, deflate, br, zstd", true),
                arguments("*", true));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void shouldCompressAPageOfHistoryForThoseWhoCanReadIt(@Nullable String accepted, boolean isCompressed) {
        String path = longRoom() + "/events?limit=30";
        HttpResponse<byte[]> answer = read(path, accepted);
        assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(answer.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(isCompressed);
        assertThat(isCompressed ? gunzip(answer.body()) : new String(answer.body(), UTF_8))
                .isEqualTo(alice.get(path).body());
        if (isCompressed) {
            assertThat(answer.body().length).isLessThan(alice.get(path).body().length() / 2);
        }
    }

    /** An answer that takes long to compress comes from another thread. */
    @Test
    void shouldCompressLongAnswersTooAndShortOnesNot() {
        String path = longRoom() + "/messages?limit=100";
        alice.post(longRoom() + "/messages", Map.of("id", "compressed-long", "text", "word ".repeat(1_600)));
        IntStream.range(0, 5)
                .forEach(i -> alice.post(
                        longRoom() + "/messages",
                        Map.of("id", "compressed-long-" + i, "text", ("word" + i + " ").repeat(1_300))));
        HttpResponse<byte[]> answer = read(path, "gzip");
        assertThat(gunzip(answer.body())).hasSizeGreaterThan(Compression.MAX_BYTES_ON_EVENT_LOOP);
        assertThat(gunzip(answer.body())).isEqualTo(alice.get(path).body());
        assertThat(read(longRoom() + "/events?limit=1&after=0", "gzip")
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
    }

    /** Compressed answers about several rooms hide their lengths; tokens and sessions are never compressed (BREACH). */
    @Test
    void shouldHideTheLengthsOfCompressedRoomsAndCompressNoTokens() {
        IntStream.range(0, 10)
                .forEach(i -> alice.post("/rooms", Map.of("roomId", "padded-" + i, "topic", "Topic ".repeat(20))));
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            HttpResponse<byte[]> rooms = read("/rooms?q=padded-", "gzip");
            assertThat(rooms.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(gunzip(rooms.body())).contains("padded-9");
            lengths.add(rooms.body().length);
        }
        assertThat(lengths).hasSizeGreaterThan(3);
        for (int i = 0; i < 10; i++) {
            Rest.logIn(TestNode.address(), "alice");
        }
        HttpResponse<byte[]> sessions = read("/sessions", "gzip");
        assertThat(sessions.body()).hasSizeGreaterThan(Compression.MIN_BYTES);
        assertThat(sessions.headers().firstValue("Content-Encoding")).isEmpty();
        HttpResponse<String> logIn = nobody.send(
                "POST",
                "/sessions",
                new JsonObject()
                        .put("userId", "alice")
                        .put("password", Rest.PASSWORD)
                        .encode(),
                Map.of("Accept-Encoding", "gzip"));
        assertThat(logIn.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(logIn.headers().allValues("Vary")).doesNotContain("Accept-Encoding");
    }

    /** A room with some messages; made once. */
    private String longRoom() {
        if (alice.post("/rooms", Map.of("roomId", "compressed")).statusCode() == 201) {
            IntStream.range(0, 40)
                    .forEach(i -> alice.post(
                            "/rooms/compressed/messages", Map.of("id", "compressed-" + i, "text", "message " + i)));
        }
        return "/rooms/compressed";
    }

    private HttpResponse<byte[]> read(String path, @Nullable String accepted) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + TestNode.address() + "/api/v1" + path))
                .header("Authorization", "Bearer " + alice.token());
        if (accepted != null) {
            request.header("Accept-Encoding", accepted);
        }
        return Http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String gunzip(byte[] gzipped) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

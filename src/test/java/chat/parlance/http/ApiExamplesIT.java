package chat.parlance.http;

import chat.parlance.Node;
import chat.parlance.testing.ApiSchemas;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code openapi.yaml} and {@code asyncapi.yaml} as one story, run on a node without users. Each
 * request is sent unchanged, and its answer equals the example except for times and tokens.
 */
final class ApiExamplesIT {

    @TempDir
    private static Path data;

    private static Node node;
    private static String address;

    @BeforeAll
    static void startANodeOnAnEmptyDatabase() {
        node = TestNode.start(
                List.of(
                        "--data=" + data,
                        "--http.port=0",
                        "--management.port=0",
                        "--drain.unreadyMs=0",
                        "--drain.spreadMs=1"),
                Map.of());
        address = "127.0.0.1:" + node.httpPort();
    }

    @AfterAll
    static void stopIt() {
        node.stop();
    }

    @Test
    void shouldAnswerEveryExampleAsItIsDescribed() {
        SoftAssertions answers = new SoftAssertions();
        ApiStory story = new ApiStory(address, node.setupCode().orElseThrow(), answers);
        story.tell();
        answers.assertThat(story.untold()).as("examples that are in no chapter").isEmpty();
        tellFrames(story, answers);
        answers.assertAll();
    }

    /** Sends the frames of a client; returns their answers by ref. */
    private static void tellFrames(ApiStory story, SoftAssertions answers) {
        ApiSchemas description = story.description();
        List<JsonObject> requests =
                examples(description, operation -> operation.getString("action").equals("receive"));
        Map<Long, JsonObject> seen = new HashMap<>();
        try (Socket bob = Socket.open("ws://" + address + "/ws", Map.of())) {
            requests.stream()
                    .sorted(Comparator.comparingInt(frame -> Integer.parseInt(frame.getString("ref"))))
                    .forEach(frame -> {
                        String ref = frame.getString("ref");
                        JsonObject sent = story.withStamps(frame.copy());
                        if (frame.containsKey("token")) {
                            sent.put("token", story.token("bob"));
                        }
                        if (frame.containsKey("since") && frame.containsKey("stamp")) {
                            sent.put("stamp", awaitStamp(bob, seen, frame.getLong("since")));
                        }
                        bob.send(sent.getMap());
                        JsonObject answer = bob.await(received -> {
                            Socket.events(received).forEach(event -> seen.put(event.getLong("seq"), event));
                            return ref.equals(received.getString("ref"));
                        });
                        List<JsonObject> described = replies(description).stream()
                                .filter(reply -> ref.equals(reply.getString("ref")))
                                .toList();
                        answers.assertThat(described).as("answers to " + frame).hasSize(1);
                        described.forEach(reply -> {
                            story.learnStamps(reply, answer);
                            answers.assertThat(Timeless.of(answer)).isEqualTo(Timeless.of(reply));
                        });
                    });
        }
        for (JsonObject frame :
                examples(description, operation -> operation.getString("action").equals("send"))) {
            Socket.events(frame)
                    .forEach(event -> answers.assertThat(timeless(seen.get(event.getLong("seq"))))
                            .isEqualTo(timeless(event)));
        }
    }

    /** Stamp of an event that the first join delivers. */
    private static String awaitStamp(Socket socket, Map<Long, JsonObject> seen, long seq) {
        if (!seen.containsKey(seq)) {
            socket.await(received -> {
                Socket.events(received).forEach(event -> seen.put(event.getLong("seq"), event));
                return seen.containsKey(seq);
            });
        }
        return seen.get(seq).getString("stamp");
    }

    /** An event as in a frame of several. */
    private static Object timeless(JsonObject event) {
        JsonObject alone = event.copy();
        alone.remove("type");
        return Timeless.of(alone);
    }

    private static List<JsonObject> examples(ApiSchemas description, Predicate<JsonObject> wanted) {
        return description.asyncApi().getJsonObject("operations").stream()
                .map(operation -> (JsonObject) operation.getValue())
                .filter(wanted)
                .flatMap(operation -> frames(description, operation.getJsonArray("messages")).stream())
                .distinct()
                .toList();
    }

    private static List<JsonObject> replies(ApiSchemas description) {
        return description.asyncApi().getJsonObject("operations").stream()
                .map(operation -> ((JsonObject) operation.getValue()).getJsonObject("reply"))
                .filter(reply -> reply != null)
                .flatMap(reply -> frames(description, reply.getJsonArray("messages")).stream())
                .distinct()
                .toList();
    }

    private static List<JsonObject> frames(ApiSchemas description, JsonArray messages) {
        return messages.stream()
                .map(reference -> description.resolve((JsonObject) reference))
                .flatMap(message -> message.getJsonArray("examples").stream())
                .map(example -> ((JsonObject) example).getJsonObject("payload"))
                .toList();
    }
}

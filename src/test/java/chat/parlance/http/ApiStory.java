package chat.parlance.http;

import chat.parlance.testing.ApiSchemas;
import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** Examples of REST in an order in which each follows from those before. */
final class ApiStory {

    private static final int TIMEOUT_SECONDS = 20;

    private final ApiSchemas description = new ApiSchemas();
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, JsonObject> sessions = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /** Stamps of the node, by those in the examples. */
    private final Map<String, String> stamps = new HashMap<>();

    /** Codes of links by the user who is to use them. */
    private final Map<String, String> linkCodes = new HashMap<>();

    private final String address;
    private final SoftAssertions answers;

    private record Operation(String method, String path, JsonArray parameters, JsonObject description) {}

    /** A request of an example, by a user, with the expected status. */
    private record Step(
            @Nullable String user, String operation, String example, int status, Map<String, String> values) {

        /** The same step with that value of a parameter, instead of its example or none. */
        Step with(String parameter, String value) {
            Map<String, String> more = new HashMap<>(values);
            more.put(parameter, value);
            return new Step(user, operation, example, status, more);
        }
    }

    /** @param setupCode code that makes the first owner */
    ApiStory(String address, String setupCode, SoftAssertions answers) {
        linkCodes.put("owner", setupCode);
        this.address = address;
        this.answers = answers;
        description.openApi().getJsonObject("paths").forEach(path -> {
            JsonObject item = (JsonObject) path.getValue();
            item.fieldNames().stream()
                    .filter(method -> !method.equals("parameters"))
                    .forEach(method -> {
                        JsonObject operation = item.getJsonObject(method);
                        JsonArray parameters = item.getJsonArray("parameters", new JsonArray())
                                .copy()
                                .addAll(operation.getJsonArray("parameters", new JsonArray()));
                        operations.put(
                                operation.getString("operationId"),
                                new Operation(method.toUpperCase(Locale.ROOT), path.getKey(), parameters, operation));
                    });
        });
    }

    ApiSchemas description() {
        return description;
    }

    /** Access token of a user. */
    String token(String user) {
        return Objects.requireNonNull(sessions.get(user)).getString("accessToken");
    }

    /** A request with the node's stamps; a stamp without a mapping stays, and belongs to no event. */
    JsonObject withStamps(JsonObject request) {
        String stamp = request.getString("stamp");
        return stamp == null ? request : request.copy().put("stamp", stamps.getOrDefault(stamp, stamp));
    }

    /** Maps the stamps of the examples to those of the node; a stamp belongs to the same event in all examples. */
    void learnStamps(Object example, Object answer) {
        if (example instanceof JsonObject described && answer instanceof JsonObject given) {
            described.forEach(member -> {
                Object value = given.getValue(member.getKey());
                if (member.getKey().equals("stamp") && value instanceof String stamp) {
                    String known = stamps.putIfAbsent((String) member.getValue(), stamp);
                    answers.assertThat(stamp).as("stamp of " + example).isEqualTo(known == null ? stamp : known);
                } else {
                    learnStamps(member.getValue(), value);
                }
            });
        } else if (example instanceof JsonArray described && answer instanceof JsonArray given) {
            for (int i = 0; i < Math.min(described.size(), given.size()); i++) {
                learnStamps(described.getValue(i), given.getValue(i));
            }
        }
    }

    void tell() {
        tellAccounts();
        tellRooms();
        tellMessages();
        tellMembers();
        tellPreferences();
        play(by("bob", "markRead", "garden", 200));
        play(by("bob", "markRead", "another", 409));
        play(by("bob", "markUnread", "garden", 200));
        play(by("bob", "markUnread", "another", 409));
        playUntilFound(by("bob", "search", "tomatoes", 200));
        play(by("guest", "logOut", "guest", 204));
        tellSessions();
        tellAdministration();
    }

    private void tellAdministration() {
        play(by(null, "getRegistration", "open", 200));
        play(by(null, "createFirstOwner", "owner", 201));
        play(by(null, "createFirstOwner", "owner", 404));
        sessions.put("owner", play(by(null, "logIn", "owner", 200)));
        play(by("owner", "getAccount", "owner", 200));
        play(by("owner", "listAccounts", "bob", 200).with("q", "BOB@"));
        play(by("bob", "listAccounts", "bob", 403));
        play(by("owner", "getUserAccount", "bob", 200));
        play(by("owner", "changeAccount", "guest", 200).with("userId", "guest"));
        play(by("owner", "changeAccount", "disabled", 200).with("userId", "guest"));
        play(by("owner", "changeAccount", "enabled", 200).with("userId", "guest"));
        play(by("owner", "changeAccount", "guest", 409).with("userId", "owner"));
        play(by("owner", "endSessionsOfUser", "guest", 204).with("userId", "guest"));
        JsonObject reset = play(by("owner", "makePasswordReset", "guest", 201).with("userId", "guest"));
        linkCodes.put("guest", reset.getString("linkCode"));
        play(by(null, "resetPassword", "guest", 204));
        play(by(null, "resetPassword", "guest", 404));
        JsonObject invite = play(by("owner", "makeInvite", "member", 201));
        linkCodes.put("invited", invite.getString("linkCode"));
        play(by(null, "register", "invited", 201));
        play(by("owner", "listInvites", "owner", 200));
        play(by("owner", "revokeInvite", "owner", 204).with("inviteId", invite.getString("inviteId")));
        play(by("owner", "revokeInvite", "owner", 404).with("inviteId", invite.getString("inviteId")));
        play(by("owner", "makeBot", "gardener", 201));
        play(by("owner", "makeBot", "taken", 409));
        play(by("owner", "makeBot", "nobody", 404));
        JsonObject token = play(by("owner", "makeToken", "gardener", 201));
        play(by("bob", "makeToken", "gardener", 403));
        play(by("owner", "listTokens", "gardener", 200).with("userId", "gardener"));
        play(by("owner", "revokeToken", "gardener", 204).with("tokenId", token.getString("tokenId")));
        play(by("owner", "revokeToken", "gardener", 404).with("tokenId", token.getString("tokenId")));
        play(by("owner", "makeQrCode", "link", 200));
        play(by("owner", "joinAnyRoom", "cellar", 204).with("roomId", "cellar"));
        play(by("owner", "listAudit", "owner", 200).with("limit", "1"));
    }

    private void tellAccounts() {
        for (String user : List.of("alice", "bob", "guest")) {
            play(by(null, "register", user, 201));
            sessions.put(user, play(by(null, "logIn", user, 200)));
        }
        play(by("bob", "findUsers", "alice", 200));
        play(by(null, "register", "weak", 400));
        play(by(null, "register", "alice", 409));
        play(by(null, "logIn", "wrong", 401));
        sessions.put("alice", play(by(null, "refreshSession", "alice", 200)));
    }

    private void tellSessions() {
        play(by("alice", "changePassword", "weak", 400));
        play(by("alice", "changePassword", "wrong", 401));
        play(by("alice", "changePassword", "same", 204));
        play(by("alice", "listSessions", "alice", 200));
        play(by("alice", "endSession", "alice", 404));
        play(by("alice", "logOutEverywhere", "alice", 204));
    }

    private void tellRooms() {
        play(by("alice", "createRoom", "garden", 201));
        play(by("alice", "createRoom", "garden", 409));
        play(by("alice", "createRoom", "nobody", 404));
        play(by("alice", "createRoom", "cellar", 201));
        play(by("alice", "getRoom", "garden", 200));
        play(by("guest", "getRoom", "cellar", 404).with("roomId", "cellar"));
        play(by("alice", "openDirect", "bob", 200));
    }

    private void tellMessages() {
        play(by("alice", "postMessage", "question", 201));
        play(by("alice", "postMessage", "question", 200));
        play(by("alice", "postMessage", "other", 409));
        play(by("bob", "postMessage", "reply", 201));
        play(by("bob", "postMessage", "spoilt", 201));
        play(by("alice", "editMessage", "question", 200));
        play(by("alice", "editMessage", "another", 409));
        play(by("bob", "react", "question", 200).with("Idempotency-Key", "b-3").with("stamp", "0Q-D0kfe"));
        play(by("bob", "pin", "question", 200).with("Idempotency-Key", "b-4").with("stamp", "0Q-D0kfe"));
        play(by("bob", "deleteMessage", "spoilt", 200).with("seq", "5").with("Idempotency-Key", "b-5"));
        play(by("bob", "getMessage", "question", 200));
        play(by("bob", "getMessage", "deleted", 200).with("seq", "5"));
        play(by("bob", "listReplies", "question", 200));
        tellThreads();
        play(by("bob", "saveMessage", "reply", 204).with("seq", "4").with("stamp", "s11Dm9xG"));
        play(by("bob", "saveMessage", "reply", 409).with("seq", "4").with("stamp", "AAAAAAAA"));
        play(by("bob", "listSaved", "bob", 200));
        play(by("bob", "unsaveMessage", "reply", 204).with("seq", "4"));
        play(by("bob", "listPins", "garden", 200));
        play(by("bob", "listMessages", "garden", 200));
        play(by("bob", "listEvents", "garden", 200).with("limit", "3"));
        for (String page : List.of("listEvents", "listMessages", "listReplies", "listPins")) {
            play(by("bob", page, "garden", 409).with("after", "3").with("stamp", "AAAAAAAA"));
        }
        play(by("bob", "unreact", "question", 200).with("Idempotency-Key", "b-6"));
        play(by("bob", "unpin", "question", 200).with("Idempotency-Key", "b-7"));
        play(by("alice", "changeRoom", "topic", 200));
    }

    private void tellPreferences() {
        play(by("alice", "changeRoomPreferences", "garden", 200));
        play(by("alice", "changeRoomPreferences", "finished", 200));
        play(by("guest", "changeRoomPreferences", "garden", 403));
        play(by("alice", "getPreferences", "alice", 200));
        play(by("alice", "changePreferences", "alice", 200));
    }

    private void tellThreads() {
        play(by("alice", "listThreads", "alice", 200));
        play(by("alice", "getThread", "question", 200));
        play(by("alice", "markThreadRead", "another", 409));
        play(by("alice", "markThreadRead", "question", 200));
        play(by("alice", "unfollowThread", "question", 200));
        play(by("alice", "followThread", "again", 200));
    }

    private void tellMembers() {
        play(by("alice", "listMembers", "garden", 200));
        play(by("alice", "listRooms", "alice", 200).with("q", "gard"));
        play(by("alice", "ban", "guest", 204).with("userId", "guest"));
        play(by("alice", "listBans", "garden", 200));
        play(by("alice", "unban", "guest", 204).with("userId", "guest"));
        play(inCellar("alice", "invite", "guest", 204).with("userId", "guest"));
        play(inCellar("alice", "listInvitations", "cellar", 200));
        play(inCellar("guest", "declineInvitation", "guest", 204).with("userId", "guest"));
        play(inCellar("alice", "invite", "bob", 204));
        play(inCellar("bob", "joinRoom", "bob", 204));
        play(inCellar("alice", "changeMember", "muted", 204));
        play(inCellar("alice", "changeMember", "unmuted", 204));
        play(inCellar("alice", "changeMember", "admin", 204));
        play(inCellar("alice", "changeRoom", "archive", 200));
        play(inCellar("alice", "changeRoom", "unarchive", 200));
        play(inCellar("alice", "handOver", "bob", 204));
        play(inCellar("alice", "removeMember", "alice", 204).with("userId", "alice"));
        play(inCellar("bob", "postMessage", "poll", 201));
        play(inCellar("bob", "vote", "poll", 200).with("seq", "14"));
        play(inCellar("bob", "vote", "none", 400).with("seq", "14"));
        play(inCellar("bob", "closePoll", "poll", 200).with("seq", "14").with("Idempotency-Key", "b-24"));
        play(inCellar("bob", "vote", "late", 409).with("seq", "14"));
    }

    /** Operations that the story does not use. */
    Set<String> untold() {
        Set<String> left = new TreeSet<>();
        operations.forEach((name, operation) -> {
            left.add(name);
            JsonObject request = operation.description().getJsonObject("requestBody");
            if (request != null) {
                examples(request).fieldNames().forEach(example -> left.add(name + " " + example));
            }
            operation.description().getJsonObject("responses").forEach(response -> {
                if (response.getKey().startsWith("2")) {
                    examples(description.resolve((JsonObject) response.getValue()))
                            .fieldNames()
                            .forEach(example -> left.add(name + " " + response.getKey() + " " + example));
                }
            });
        });
        left.removeAll(told);
        return left;
    }

    private static Step by(@Nullable String user, String operation, String example, int status) {
        return new Step(user, operation, example, status, Map.of());
    }

    private static Step inCellar(String user, String operation, String example, int status) {
        return by(user, operation, example, status).with("roomId", "cellar");
    }

    /** Repeats a step until its answer fits, because the index is slightly behind. */
    private void playUntilFound(Step step) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (new JsonObject(send(step).body()).getJsonArray("hits").isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        play(step);
    }

    /** Sends the request, and compares the answer with the example of its name, or of its error code. */
    private JsonObject play(Step step) {
        HttpResponse<String> answer = send(step);
        answers.assertThat(answer.statusCode()).as(step + " " + answer.body()).isEqualTo(step.status());
        told.add(step.operation());
        told.add(step.operation() + " " + step.example());
        if (answer.body().isEmpty()) {
            return new JsonObject();
        }
        JsonObject body = new JsonObject(answer.body());
        JsonObject responses = operation(step).description().getJsonObject("responses");
        JsonObject response = description.resolve(
                responses.getJsonObject(String.valueOf(answer.statusCode()), responses.getJsonObject("default")));
        String name = body.getString("code", step.example());
        JsonObject example = examples(response).getJsonObject(name);
        if (example != null) {
            told.add(step.operation() + " " + answer.statusCode() + " " + name);
            Object described = description.resolve(example).getValue("value");
            learnStamps(described, body);
            answers.assertThat(Timeless.of(body))
                    .as(step.operation() + " " + answer.statusCode() + " " + name)
                    .isEqualTo(Timeless.of(described));
        }
        return body;
    }

    private HttpResponse<String> send(Step step) {
        Operation operation = operation(step);
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        Map<String, String> headers = new HashMap<>();
        for (Object reference : operation.parameters()) {
            JsonObject parameter = description.resolve((JsonObject) reference);
            String name = parameter.getString("name");
            String value = step.values()
                    .getOrDefault(
                            name,
                            parameter.getBoolean("required", false)
                                    ? String.valueOf(parameter.getValue("example"))
                                    : null);
            if (value == null) {
                continue;
            }
            if (name.equals("stamp")) {
                value = stamps.getOrDefault(value, value);
            }
            String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
            switch (parameter.getString("in")) {
                case "path" -> path = path.replace("{" + name + "}", encoded);
                case "query" ->
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(name)
                            .append('=')
                            .append(encoded);
                default -> headers.put(name, value);
            }
        }
        JsonObject session = step.user() == null ? null : sessions.get(step.user());
        return new Rest(address, session == null ? null : session.getString("accessToken"))
                .send(operation.method(), path + query, body(step, operation), headers);
    }

    private @Nullable String body(Step step, Operation operation) {
        JsonObject request = operation.description().getJsonObject("requestBody");
        if (request == null) {
            return null;
        }
        JsonObject value = examples(request)
                .getJsonObject(step.example())
                .getJsonObject("value")
                .copy();
        if (value.containsKey("refreshToken")) {
            value.put(
                    "refreshToken",
                    Objects.requireNonNull(sessions.get("alice")).getString("refreshToken"));
        }
        if (value.containsKey("linkCode")) {
            value.put("linkCode", linkCodes.get(step.example()));
        }
        return withStamps(value).encode();
    }

    private Operation operation(Step step) {
        return Objects.requireNonNull(operations.get(step.operation()), step.operation());
    }

    private static JsonObject examples(JsonObject described) {
        return described.getJsonObject("content", new JsonObject()).stream()
                .map(content -> ((JsonObject) content.getValue()).getJsonObject("examples", new JsonObject()))
                .findFirst()
                .orElseGet(JsonObject::new);
    }
}

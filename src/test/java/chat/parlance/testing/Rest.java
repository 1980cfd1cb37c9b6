package chat.parlance.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A REST client of one user, or of none. Each answer is checked against the contract, unless its method says otherwise.
 */
public final class Rest {

    public static final String PASSWORD = "correct horse battery";

    private final String address;
    private final @Nullable String token;

    public Rest(String address, @Nullable String token) {
        this.address = address;
        this.token = token;
    }

    /** Registers a user, if there is no such one, and logs in. */
    public static Rest logIn(String address, String user) {
        Rest nobody = new Rest(address, null);
        nobody.post("/users", Map.of("userId", user, "password", PASSWORD, "name", user));
        HttpResponse<String> session = nobody.post("/sessions", Map.of("userId", user, "password", PASSWORD));
        return new Rest(address, new JsonObject(session.body()).getString("accessToken"));
    }

    public String address() {
        return address;
    }

    public String token() {
        return String.valueOf(token);
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    public HttpResponse<String> post(String path, Map<String, Object> body) {
        return send("POST", path, new JsonObject(body).encode());
    }

    public HttpResponse<String> send(String method, String path, @Nullable String body) {
        return send(method, path, body, Map.of());
    }

    public HttpResponse<String> send(String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpResponse<String> answer = sendUnchecked(method, path, body, headers);
        ApiContract.checkAnswer(method, path, answer);
        return answer;
    }

    /** Page without a check, for clients that measure: the check of a page takes longer than the request. */
    HttpResponse<String> getUnchecked(String path) {
        return sendUnchecked("GET", path, null, Map.of());
    }

    private HttpResponse<String> sendUnchecked(
            String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1" + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::setHeader);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return Http.send(request.build());
    }

    public static String code(HttpResponse<String> problem) {
        return new JsonObject(problem.body()).getString("code");
    }
}

package chat.parlance.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The attacks of RFC 8725 and similar ones: only tokens of this service are valid. */
final class ForgedTokensTest {

    private static final String KEY = "c41b7f02e9d85a6630fe71ac94b82d57";
    private static final long LATER = 4_000_000_000L;

    /** Port 9 of loopback, where nothing listens: a fetch would fail late and by another error. */
    private static final String ELSEWHERE = "http://127.0.0.1:9/keys";

    private static final Vertx VERTX = Vertx.vertx();
    private static final TokenService TOKENS = TestKeys.tokens(VERTX, KEY, "parlance", Clock.systemUTC());

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldAcceptAGenuineToken() {
        assertThat(TOKENS.check(signed(header(), claims())).result().user()).isEqualTo(new UserId("alice"));
    }

    @ParameterizedTest
    @MethodSource({"badHeaders", "badClaims", "badShapes"})
    void shouldRefuse(String token) {
        assertThat(TOKENS.check(token).cause())
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.AUTH_INVALID_TOKEN));
    }

    /** Algorithms without a key or with another one, and keys from the token itself. */
    static Stream<String> badHeaders() {
        List<String> tokens = new ArrayList<>();
        for (String algorithm :
                List.of("none", "None", "NONE", "nOnE", "", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA")) {
            tokens.add(signed(header().put("alg", algorithm), claims()));
            tokens.add(unsigned(header().put("alg", algorithm), claims()) + ".");
        }
        tokens.add(signed(without(header(), "alg"), claims()));
        tokens.add(signed(header().put("alg", 256), claims()));
        tokens.add(signed(header().put("alg", new JsonArray().add("HS256")), claims()));
        for (String kid : List.of("../../../../dev/null", "/dev/null", "x' UNION SELECT 'k' --", ELSEWHERE, "0")) {
            tokens.add(signedWith("", header().put("kid", kid), claims()));
            tokens.add(signedWith("k", header().put("kid", kid), claims()));
        }
        JsonObject ownKey = new JsonObject()
                .put("kty", "oct")
                .put("k", Base64.getUrlEncoder().withoutPadding().encodeToString("an attacker's key".getBytes(UTF_8)));
        tokens.add(signedWith("an attacker's key", header().put("jwk", ownKey), claims()));
        for (String reference : List.of("jku", "x5u")) {
            tokens.add(signedWith("an attacker's key", header().put(reference, ELSEWHERE), claims()));
        }
        return tokens.stream();
    }

    static Stream<String> badClaims() {
        List<Consumer<JsonObject>> changes = List.of(
                claims -> claims.put("iss", "somebody-else"),
                claims -> claims.remove("iss"),
                claims -> claims.put("aud", "somebody-else"),
                claims -> claims.put("aud", new JsonArray().add("somebody-else")),
                claims -> claims.remove("aud"),
                claims -> claims.put("typ", "refresh"),
                claims -> claims.put("typ", 1),
                claims -> claims.remove("typ"),
                claims -> claims.put("nbf", LATER - 1000),
                claims -> claims.put("exp", 1_000_000_000L),
                claims -> claims.put("exp", -1),
                claims -> claims.put("exp", Long.toString(LATER)),
                claims -> claims.put("exp", "later"),
                claims -> claims.put("exp", true),
                claims -> claims.put("exp", new JsonObject()),
                claims -> claims.putNull("exp"),
                claims -> claims.remove("exp"),
                claims -> claims.put("sub", 1),
                claims -> claims.put("sub", "Not An Id"),
                claims -> claims.remove("sub"),
                claims -> claims.put("sid", "x"),
                claims -> claims.put("sid", 1),
                claims -> claims.remove("sid"));
        return changes.stream().map(change -> {
            JsonObject claims = claims();
            change.accept(claims);
            return signed(header(), claims);
        });
    }

    static Stream<String> badShapes() {
        String good = signed(header(), claims());
        String body = good.substring(0, good.lastIndexOf('.'));
        return Stream.of(
                "",
                ".",
                "..",
                "...",
                body,
                body + ".",
                body + "." + "A".repeat(43),
                good + ".",
                good + "A",
                good + "." + good,
                " " + good,
                good.replace('.', ' '),
                "\u0000",
                "é.é.é",
                encoded("[]") + "." + encoded("[]") + ".",
                encoded("null") + "." + encoded("null") + ".",
                encoded("{") + "." + encoded("{") + ".",
                "x".repeat(100 * 1024));
    }

    private static JsonObject header() {
        return new JsonObject().put("typ", "JWT").put("alg", "HS256");
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("sub", "alice")
                .put("sid", new SessionId(UUID.randomUUID()).toString())
                .put("typ", "access")
                .put("iss", "parlance")
                .put("aud", new JsonArray().add("parlance"))
                .put("exp", Instant.now().getEpochSecond() + 60);
    }

    private static JsonObject without(JsonObject object, String member) {
        object.remove(member);
        return object;
    }

    private static String signed(JsonObject header, JsonObject claims) {
        return signedWith(KEY, header, claims);
    }

    /** Signs with HS256, whatever the header says. An empty key stands for the content of /dev/null. */
    private static String signedWith(String key, JsonObject header, JsonObject claims) {
        String unsigned = unsigned(header, claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.isEmpty() ? new byte[1] : key.getBytes(UTF_8), "HmacSHA256"));
            return unsigned
                    + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(unsigned.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String unsigned(JsonObject header, JsonObject claims) {
        return encoded(header.encode()) + "." + encoded(claims.encode());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}

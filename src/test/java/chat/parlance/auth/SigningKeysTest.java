package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.auth.SigningKeyStore.StoredKey;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rotation of the keys that sign access tokens, on two nodes with one store. */
final class SigningKeysTest {

    private static final String KEY = "c41b7f02e9d85a6630fe71ac94b82d57";

    private final Vertx vertx = Vertx.vertx();
    private final TestKeys store = new TestKeys();
    private final TokenService one = TestKeys.tokens(vertx, KEY, "parlance", Clock.systemUTC(), store);
    private final TokenService two = TestKeys.tokens(vertx, KEY, "parlance", Clock.systemUTC(), store);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String sign(TokenService node) {
        return node.accessToken(node.principal(new UserId("alice"), new SessionId(new UUID(0, 0)), Instant.MAX))
                .result();
    }

    private static String kid(String token) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')))))
                .getString("kid", "");
    }

    private static StoredKey key(String kid, boolean signs, Instant retiredAt) {
        return new StoredKey(kid, kid.isEmpty() ? Buffer.buffer() : salt(kid), signs, retiredAt);
    }

    private static Buffer salt(String kid) {
        return Buffer.buffer(kid.repeat(32));
    }

    private static void assertRefused(TokenService node, String token) {
        assertThat(node.check(token).cause())
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.AUTH_INVALID_TOKEN));
    }

    @Test
    void shouldSignByTheNewestKeyThatSignsAndKnowItsTokensOnEveryNode() {
        String before = sign(one);
        assertThat(kid(before)).isEmpty();
        Instant later = Instant.now().plus(Duration.ofMinutes(11));
        store.set(key("a", false, null), key("", true, later));
        assertThat(kid(sign(one))).isEmpty();
        store.set(key("a", true, null), key("", true, later));
        String after = sign(one);
        assertThat(kid(after)).isEqualTo("a");
        for (TokenService node : new TokenService[] {one, two}) {
            assertThat(node.check(before).succeeded()).isTrue();
            assertThat(node.check(after).succeeded()).isTrue();
        }
    }

    @Test
    void shouldRefuseTokensOfARetiredKey() {
        String configured = sign(one);
        store.set(key("a", true, null));
        String first = sign(one);
        store.set(key("b", true, null), key("a", true, Instant.EPOCH), key("", true, Instant.EPOCH));
        String second = sign(one);
        assertThat(kid(second)).isEqualTo("b");
        for (TokenService node : new TokenService[] {one, two}) {
            assertThat(node.check(second).succeeded()).isTrue();
            // A node learns of the rotation by its first check at the latest.
            assertRefused(node, first);
            assertRefused(node, configured);
        }
        store.set(key("b", true, null), key("", true, Instant.EPOCH));
        sign(one);
        assertRefused(one, first);
    }

    @Test
    void shouldDeriveEachKeyFromTheConfigurationAndItsSalt() {
        store.set(key("a", true, null));
        String token = sign(one);
        TokenService stranger = TestKeys.tokens(vertx, KEY.replace('c', 'd'), "parlance", Clock.systemUTC(), store);
        assertRefused(stranger, token);
        store.set(new StoredKey("a", salt("b"), true, null));
        TokenService restored = TestKeys.tokens(vertx, KEY, "parlance", Clock.systemUTC(), store);
        assertRefused(restored, token);
    }

    /** A flood of unknown ids costs one query a second. */
    @Test
    void shouldLoadKeysOnceASecondAtMost() {
        long[] nowNs = {0};
        SigningKeys keys = new SigningKeys(vertx, KEY, "parlance", store, Clock.systemUTC(), () -> nowNs[0]);
        for (int i = 0; i < 100; i++) {
            assertThat(keys.verifying("unknown-" + i).failed()).isTrue();
        }
        assertThat(store.loads()).isOne();
        nowNs[0] = Duration.ofSeconds(1).toNanos();
        store.set(key("a", true, null));
        assertThat(keys.verifying("a").succeeded()).isTrue();
        assertThat(keys.verifying("../a").failed()).isTrue();
        assertThat(store.loads()).isEqualTo(2);
    }
}

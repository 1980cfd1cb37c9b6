package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Principal;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenServiceTest {

    private static final String KEY = "a key for tests of at least 32 bytes";
    private static final UserId ALICE = new UserId("alice");
    private static final SessionId SESSION = new SessionId(UUID.randomUUID());

    private final Vertx vertx = Vertx.vertx();
    private final TokenService tokens = tokens(KEY, "parlance", Clock.systemUTC());

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldKnowItsOwnTokens() {
        Principal principal = tokens.principal(ALICE, SESSION, Instant.MAX);
        Principal checked = tokens.check(tokens.accessToken(principal).result()).result();
        assertThat(checked.user()).isEqualTo(ALICE);
        assertThat(checked.session()).isEqualTo(SESSION);
    }

    @Test
    void shouldIssueTokensThatANodeWithALateClockAccepts() {
        String payload = tokens.accessToken(tokens.principal(ALICE, SESSION, Instant.MAX))
                .result()
                .split("\\.", -1)[1];
        assertThat(new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(payload))).fieldNames())
                .contains("exp")
                .doesNotContain("iat", "nbf");
    }

    @Test
    void shouldEndATokenWithItsSession() {
        Instant soon = Instant.now().plusSeconds(5);
        assertThat(tokens.principal(ALICE, SESSION, soon).expiresAt()).isEqualTo(soon);
    }

    @Test
    void shouldRefuseExpiredForeignAndMisusedTokens() {
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-11));
        for (TokenService other : List.of(
                tokens(KEY, "parlance", past),
                tokens(KEY, "somebody-else", Clock.systemUTC()),
                tokens("another key for tests of 32 bytes or more", "parlance", Clock.systemUTC()))) {
            assertRefused(other.accessToken(other.principal(ALICE, SESSION, Instant.MAX))
                    .result());
        }
        JsonObject claims = new JsonObject().put("sub", "alice").put("sid", SESSION.toString());
        assertRefused(signed(claims.copy().put("typ", "access")));
        assertRefused(signed(claims.copy().put("typ", "refresh").put("exp", 4_000_000_000L)));
        assertRefused(signed(new JsonObject().put("typ", "access").put("exp", 4_000_000_000L)));
    }

    @Test
    void shouldGiveARefreshTokenOneSuccessorThatOnlyTheKeyTells() {
        RefreshToken first = tokens.refreshToken();
        RefreshToken second = tokens.successor(first);
        assertThat(second).isNotEqualTo(first).isEqualTo(tokens.successor(first));
        assertThat(tokens(KEY, "parlance", Clock.systemUTC()).successor(first)).isEqualTo(second);
        assertThat(tokens("another key for tests of 32 bytes or more", "parlance", Clock.systemUTC())
                        .successor(first))
                .isNotEqualTo(second);
        assertThat(tokens.successor(second)).isNotIn(first, second);
        assertThat(tokens.successor(tokens.refreshToken())).isNotEqualTo(second);
    }

    @Test
    void shouldKnowTheTokensOfOneSessionByTheirFamilyAndEachByItsDigest() {
        RefreshToken first = tokens.refreshToken();
        RefreshToken second = tokens.successor(first);
        RefreshToken other = tokens.refreshToken();
        assertThat(second.familyDigest()).isEqualTo(first.familyDigest()).isNotEqualTo(other.familyDigest());
        assertThat(second.digest()).isNotEqualTo(first.digest()).isNotEqualTo(other.digest());
        assertThat(first.toString()).doesNotContain(first.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "0Zs1vHkXb3m9QWjq5n7cEw", "\u0000", "ü"})
    void shouldRefuseAMalformedRefreshToken(String text) {
        String whole = tokens.refreshToken().text();
        for (String wrong : List.of(text, whole + text + "x", whole.substring(1) + "=", whole.substring(1) + "é")) {
            assertThatThrownBy(() -> new RefreshToken(wrong)).hasMessageContaining("token");
        }
    }

    private void assertRefused(String token) {
        Future<Principal> checked = tokens.check(token);
        assertThat(checked.cause())
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.AUTH_INVALID_TOKEN));
    }

    /** A token with the right key, issuer and audience, and these claims. */
    private String signed(JsonObject claims) {
        return JWTAuth.create(
                        vertx,
                        new JWTAuthOptions()
                                .addPubSecKey(new PubSecKeyOptions()
                                        .setAlgorithm("HS256")
                                        .setBuffer(Buffer.buffer(KEY))))
                .generateToken(
                        claims,
                        new JWTOptions()
                                .setAlgorithm("HS256")
                                .setIssuer("parlance")
                                .addAudience("parlance"));
    }

    private TokenService tokens(String key, String issuer, Clock clock) {
        return TestKeys.tokens(vertx, key, issuer, clock);
    }
}

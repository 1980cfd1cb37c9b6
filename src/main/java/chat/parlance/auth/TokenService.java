package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Principal;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Makes and checks tokens. An access token is a JWT (RFC 7519) signed with HS256, and no other algorithm is accepted
 * (RFC 8725, 3.1); for refresh tokens see {@link RefreshToken}.
 */
public final class TokenService {

    private static final String TYPE = "access";
    private static final int MAX_TOKEN_LENGTH = 2048;

    /** Three parts in base64url (RFC 7515, 7.1). The library accepts more parts and reads the first three. */
    private static final Pattern SHAPE = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private static final int SUCCESSOR_KEY_BYTES = 32;
    private static final String KEY_DERIVATION = "HKDF-SHA256";
    private static final String KEYED_DIGEST = "HmacSHA256";
    private static final String SUCCESSOR_PURPOSE = "successor of a refresh token";

    private final SigningKeys keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final SecretKey successorKey;
    private final String issuer;
    private final int accessTokenSeconds;

    /**
     * @param keys that sign access tokens
     * @param key of the configuration, of at least 32 bytes
     */
    public TokenService(SigningKeys keys, String key, String issuer, int accessTokenSeconds, Clock clock) {
        this.keys = keys;
        this.successorKey = successorKey(key);
        this.issuer = issuer;
        this.accessTokenSeconds = accessTokenSeconds;
        this.clock = clock;
    }

    public int accessTokenSeconds() {
        return accessTokenSeconds;
    }

    /** Principal whose access token is valid from now on, and at most until the session expires. */
    Principal principal(UserId user, SessionId session, Instant sessionExpiresAt) {
        Instant expiresAt = clock.instant().plusSeconds(accessTokenSeconds);
        return new Principal(user, session, expiresAt.isBefore(sessionExpiresAt) ? expiresAt : sessionExpiresAt);
    }

    Future<String> accessToken(Principal principal) {
        JsonObject claims = new JsonObject()
                .put("sub", principal.user().value())
                .put("sid", principal.session().toString())
                .put("typ", TYPE)
                .put("exp", principal.expiresAt().getEpochSecond());
        // Without the time of issue: a node whose clock is a little behind would refuse it as issued in the future.
        JWTOptions options = new JWTOptions()
                .setAlgorithm(SigningKeys.ALGORITHM)
                .setIssuer(issuer)
                .addAudience(issuer)
                .setNoTimestamp(true);
        return keys.signing().map(key -> key.generateToken(claims, options));
    }

    /** Checks an access token. Fails with {@code auth.invalid_token}; does not check that the session is still open. */
    Future<Principal> check(String accessToken) {
        if (accessToken.length() > MAX_TOKEN_LENGTH
                || !SHAPE.matcher(accessToken).matches()) {
            return Future.failedFuture(invalid());
        }
        // In a compose, because the library throws an exception for claims of an unexpected type.
        return Future.succeededFuture(accessToken)
                .map(TokenService::kid)
                .compose(keys::verifying)
                .compose(key -> key.authenticate(new TokenCredentials(accessToken)))
                .map(user -> principal(user.attributes().getJsonObject("accessToken")))
                .recover(refused -> Future.failedFuture(isOfStore(refused) ? refused : invalid()));
    }

    /** True when the key of the token could not be looked up. */
    private static boolean isOfStore(Throwable refused) {
        return refused instanceof ChatException known
                && (known.code() == ErrorCode.STORAGE_UNAVAILABLE || known.code() == ErrorCode.SERVER_OVERLOADED);
    }

    /** Id of the key in the header of a token, empty for none. The header is not trusted: only the key can prove it. */
    private static String kid(String accessToken) {
        try {
            String header = accessToken.substring(0, accessToken.indexOf('.'));
            if (new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(header))).getValue("kid", "")
                    instanceof String kid) {
                return kid;
            }
        } catch (IllegalArgumentException | DecodeException malformed) {
            throw invalid();
        }
        throw invalid();
    }

    /** First refresh token of a session. */
    RefreshToken refreshToken() {
        return RefreshToken.first(random);
    }

    /**
     * Refresh token that replaces a used one. It is derived from the used one and the key, so that each node can repeat
     * a lost answer although no token is stored; without the key it is as random as a first one.
     */
    RefreshToken successor(RefreshToken used) {
        try {
            Mac mac = Mac.getInstance(KEYED_DIGEST);
            mac.init(successorKey);
            return used.next(mac.doFinal(Buffer.buffer(used.text()).getBytes()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** SHA-256 of a text. */
    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(Buffer.buffer(text).getBytes());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Key for this purpose alone (HKDF, RFC 5869), so that no successor can be mistaken for the signature of an access
     * token.
     */
    private static SecretKey successorKey(String key) {
        try {
            return KDF.getInstance(KEY_DERIVATION)
                    .deriveKey(
                            KEYED_DIGEST,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(Buffer.buffer(key).getBytes())
                                    .thenExpand(Buffer.buffer(SUCCESSOR_PURPOSE).getBytes(), SUCCESSOR_KEY_BYTES));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK lacks " + KEY_DERIVATION, missing);
        }
    }

    private static Principal principal(JsonObject claims) {
        if (!TYPE.equals(claims.getString("typ")) || claims.getLong("exp") == null) {
            throw invalid();
        }
        return new Principal(
                new UserId(claims.getString("sub")),
                new SessionId(UUID.fromString(claims.getString("sid"))),
                Instant.ofEpochSecond(claims.getLong("exp")));
    }

    private static ChatException invalid() {
        return new ChatException(ErrorCode.AUTH_INVALID_TOKEN);
    }
}

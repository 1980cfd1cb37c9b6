package chat.parlance.auth;

import chat.parlance.auth.SigningKeyStore.StoredKey;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys that sign access tokens, by their ids ({@code kid}): the key of the configuration until the first rotation, and then
 * keys that are derived from it and a stored salt. A key begins to sign two seconds after it is stored, and what this node
 * has loaded is at most one second old when it refuses an unknown id. So no node refuses the tokens of another. May be used
 * from any thread.
 */
public final class SigningKeys {

    static final String ALGORITHM = "HS256";

    private static final String KEY_DERIVATION = "HKDF-SHA256";
    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "signature of access tokens";
    private static final String CONFIGURED = "";

    /** Age at which the loaded keys are loaded again. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Key(String kid, JWTAuth jwt, @Nullable Instant retiredAt) {}

    /** Keys as loaded last. */
    private record Loaded(Key signing, Map<String, Key> byId, long atNs) {}

    private final Vertx vertx;
    private final byte[] configured;
    private final String issuer;
    private final SigningKeyStore store;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private volatile Loaded loaded;
    private final AtomicReference<@Nullable Future<Loaded>> loading = new AtomicReference<>();

    /** @param key of at least 32 bytes */
    public SigningKeys(
            Vertx vertx, String key, String issuer, SigningKeyStore store, Clock clock, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.configured = Buffer.buffer(key).getBytes();
        this.issuer = issuer;
        this.store = store;
        this.clock = clock;
        this.nanoTime = nanoTime;
        Key first = new Key(CONFIGURED, jwt(CONFIGURED, configured), null);
        this.loaded = new Loaded(first, Map.of(CONFIGURED, first), nanoTime.getAsLong() - FRESH.toNanos());
    }

    /** Newest key, which writes its id to the header of a token. */
    Future<JWTAuth> signing() {
        return fresh().map(now -> now.signing().jwt());
    }

    /** Key by its id, empty for none. Fails with {@code auth.invalid_token} when it is unknown or retired. */
    Future<JWTAuth> verifying(String kid) {
        Loaded now = loaded;
        if (now.byId().containsKey(kid)) {
            // The requests of the next second know of a rotation; none waits for it.
            fresh();
            return valid(now, kid);
        }
        return fresh().compose(reloaded -> valid(reloaded, kid));
    }

    private Future<JWTAuth> valid(Loaded keys, String kid) {
        Key key = keys.byId().get(kid);
        return key == null || (key.retiredAt() != null && !clock.instant().isBefore(key.retiredAt()))
                ? Future.failedFuture(new ChatException(ErrorCode.AUTH_INVALID_TOKEN))
                : Future.succeededFuture(key.jwt());
    }

    /** Keys that are at most a second old, by one query at a time. */
    private Future<Loaded> fresh() {
        Loaded now = loaded;
        if (nanoTime.getAsLong() - now.atNs() < FRESH.toNanos()) {
            return Future.succeededFuture(now);
        }
        Promise<Loaded> mine = Promise.promise();
        Future<Loaded> pending = loading.compareAndExchange(null, mine.future());
        if (pending != null) {
            return pending;
        }
        long begunNs = nanoTime.getAsLong();
        store.load().map(stored -> take(stored, begunNs)).onComplete(done -> {
            loading.set(null);
            mine.handle(done);
        });
        return mine.future();
    }

    private Loaded take(List<StoredKey> stored, long begunNs) {
        Map<String, Key> known = loaded.byId();
        Map<String, Key> byId = new HashMap<>();
        Key signing = null;
        for (StoredKey one : stored) {
            Key before = known.get(one.kid());
            JWTAuth jwt = before == null ? jwt(one.kid(), derived(one.salt().getBytes())) : before.jwt();
            Key key = new Key(one.kid(), jwt, one.retiredAt());
            byId.put(one.kid(), key);
            if (signing == null && one.signs()) {
                signing = key;
            }
        }
        Key configuredKey =
                byId.computeIfAbsent(CONFIGURED, first -> new Key(CONFIGURED, jwt(CONFIGURED, configured), null));
        Loaded now = new Loaded(signing == null ? configuredKey : signing, Map.copyOf(byId), begunNs);
        loaded = now;
        return now;
    }

    private JWTAuth jwt(String kid, byte[] key) {
        PubSecKeyOptions options =
                new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(Buffer.buffer(key));
        if (!kid.equals(CONFIGURED)) {
            options.setId(kid);
        }
        return JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(options)
                        .setJWTOptions(new JWTOptions().setIssuer(issuer).addAudience(issuer)));
    }

    /** Key that takes both the configuration and the database to compute (HKDF, RFC 5869). */
    private byte[] derived(byte[] salt) {
        try {
            return KDF.getInstance(KEY_DERIVATION)
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(configured)
                            .addSalt(salt)
                            .thenExpand(Buffer.buffer(PURPOSE).getBytes(), KEY_BYTES));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK lacks " + KEY_DERIVATION, missing);
        }
    }
}

package chat.parlance.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Store of signing keys that a test rotates by hand. */
final class TestKeys implements SigningKeyStore {

    private final List<StoredKey> keys = new ArrayList<>();
    private int loads;

    /** Tokens that are signed with the key of the configuration. */
    static TokenService tokens(Vertx vertx, String key, String issuer, Clock clock) {
        return tokens(vertx, key, issuer, clock, new TestKeys());
    }

    /** Tokens whose node loads keys with each use of them. */
    static TokenService tokens(Vertx vertx, String key, String issuer, Clock clock, TestKeys store) {
        long[] nowNs = {0};
        return new TokenService(
                new SigningKeys(
                        vertx,
                        key,
                        issuer,
                        store,
                        clock,
                        () -> nowNs[0] += Duration.ofSeconds(1).toNanos()),
                key,
                issuer,
                600,
                clock);
    }

    int loads() {
        return loads;
    }

    /** Replaces the keys, the newest first. */
    void set(StoredKey... stored) {
        keys.clear();
        keys.addAll(List.of(stored));
    }

    @Override
    public Future<List<StoredKey>> load() {
        loads++;
        return Future.succeededFuture(List.copyOf(keys));
    }

    @Override
    public Future<Void> rotate(String kid, Buffer salt, Duration life) {
        keys.addFirst(new StoredKey(kid, salt, true, null));
        return Future.succeededFuture();
    }
}

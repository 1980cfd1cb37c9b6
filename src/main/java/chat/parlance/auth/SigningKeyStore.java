package chat.parlance.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stored keys that sign access tokens. */
public interface SigningKeyStore {

    /**
     * Stored key. The store has the salt alone; the key is derived from it and the key of the configuration.
     *
     * @param kid id of the key; empty for the key of the configuration itself, which has no salt
     * @param signs true when nodes sign with it, unless there is a newer one that signs
     * @param retiredAt time from which its tokens are refused; null when no other key has followed it
     */
    record StoredKey(
            String kid,
            Buffer salt,
            boolean signs,
            @Nullable Instant retiredAt) {}

    /** All keys that may have valid tokens, the newest first; none before the first rotation. */
    Future<List<StoredKey>> load();

    /**
     * Stores a key, which begins to sign two seconds later, and has an entry in the audit trail.
     *
     * @param life time for which tokens of the keys before are valid from then on
     */
    Future<Void> rotate(String kid, Buffer salt, Duration life);
}

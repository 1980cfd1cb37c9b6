package chat.parlance.account;

import chat.parlance.model.Grant;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Personal or bot token, without its secret.
 *
 * @param id session of the token, and so its id
 * @param user account whose rights it has, within the grant
 * @param name its owner's name for it
 * @param usedAt time of a use in the last ten minutes before its last use; null when it was never used
 */
public record IssuedToken(
        SessionId id,
        UserId user,
        String name,
        Grant grant,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt) {}

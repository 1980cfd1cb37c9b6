package chat.parlance.account;

import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as administrators see it.
 *
 * @param botOwner account that answers for a bot; null for a person
 * @param usedAt time of the last log-in or new tokens of a session that is still stored; null when there is none
 */
public record Account(
        UserId user,
        String name,
        @Nullable String email,
        ServerRole role,
        boolean disabled,
        @Nullable UserId botOwner,
        Instant createdAt,
        @Nullable Instant usedAt) {}

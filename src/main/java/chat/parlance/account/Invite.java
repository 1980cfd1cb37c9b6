package chat.parlance.account;

import chat.parlance.model.RoomId;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Invite to the server, without its code.
 *
 * @param role of the accounts that it makes
 * @param rooms that such an account joins at once
 * @param maxUses accounts that it may make
 * @param uses accounts that it has made
 * @param madeBy null for the command line
 * @param revoked true when it was revoked; false also for one that is expired or used up
 */
public record Invite(
        UUID id,
        ServerRole role,
        List<RoomId> rooms,
        int maxUses,
        int uses,
        @Nullable UserId madeBy,
        Instant madeAt,
        Instant expiresAt,
        boolean revoked) {

    public Invite {
        rooms = List.copyOf(rooms);
    }
}

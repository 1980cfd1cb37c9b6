package chat.parlance.account;

import chat.parlance.auth.NewAccount;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invites to the server. Acts are transactions with their entries in the audit trail, as in {@link AccountStore}. */
public interface InviteStore {

    /** Stores an invite. Fails with {@code account.forbidden} for a role that the actor may not give. */
    Future<Void> make(Actor actor, Invite invite, LinkCode code);

    /**
     * Invites that can still be used, the newest first.
     *
     * @param after the last invite of the page before, null for the first page
     */
    Future<List<Invite>> list(@Nullable UUID after, int limit);

    /** Revokes an invite; false when there is none that can still be used. Fails with {@code account.forbidden}. */
    Future<Boolean> revoke(Actor actor, UUID invite);

    /** Finds an invite that can be used. */
    Future<Optional<Invite>> find(LinkCode code);

    /**
     * Makes an account by an invite, in one step with the count of its uses and the rooms that the account has to join; empty
     * when it cannot be used any more. Fails with {@code user.exists}.
     */
    Future<Optional<Invite>> use(LinkCode code, NewAccount account);

    /**
     * Room that an account has to join by its invite.
     *
     * @param inviter null for the command line
     * @param attempts to join it, with this one
     */
    record PendingRoom(UserId user, RoomId room, @Nullable UserId inviter, int attempts) {}

    /** Takes rooms that nobody has taken for {@code age}, so that no other node takes them for as long. */
    Future<List<PendingRoom>> takePendingRooms(Duration age, int limit);

    /** Deletes a room that an account has joined, or that has refused it. */
    Future<Void> settle(PendingRoom room);
}

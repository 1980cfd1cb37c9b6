package chat.parlance.account;

import chat.parlance.auth.NewAccount;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Invites to the server. Acts are transactions with their entries in the audit trail, as in {@link AccountStore}. */
public interface InviteStore {

    /** Stores an invite. Fails with {@code account.forbidden} for a role that the actor may not give. */
    Future<Void> make(Actor actor, Invite invite, LinkCode code);

    /** Invites that can still be used, the newest first. */
    Future<List<Invite>> list(int limit);

    /** Revokes an invite; false when there is none that can still be used. Fails with {@code account.forbidden}. */
    Future<Boolean> revoke(Actor actor, UUID invite);

    /** Finds an invite that can be used. */
    Future<Optional<Invite>> find(LinkCode code);

    /**
     * Makes an account by an invite, in one step with the count of its uses; empty when it cannot be used any more. Fails
     * with {@code user.exists}.
     */
    Future<Optional<Invite>> use(LinkCode code, NewAccount account);
}

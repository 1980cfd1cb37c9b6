package chat.parlance.account;

import chat.parlance.account.InviteStore.PendingRoom;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.UserId;
import chat.parlance.room.RoomService;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the rooms of invites for their new accounts. What a node that has died, or could not reach Postgres, has left is resumed
 * by any node. Belongs to the event loop of its {@link RoomService}.
 */
public final class InvitedRooms {

    private static final Logger LOG = LoggerFactory.getLogger(InvitedRooms.class);

    /** Interval at which a node resumes what others have left. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Time after which a room counts as left; a join takes less. */
    private static final Duration LEFT_AFTER = Duration.ofSeconds(30);

    private static final int LIMIT = 20;

    /** Limit of the attempts of one room: eight hours. */
    private static final int MAX_ATTEMPTS = 1_000;

    /** Failures after which a join is tried again; others are the room's answer. */
    private static final Set<ErrorCode> PASSING = Set.of(
            ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.SERVER_OVERLOADED, ErrorCode.SERVER_DRAINING, ErrorCode.INTERNAL);

    private final InviteStore invites;
    private final RoomService rooms;

    public InvitedRooms(InviteStore invites, RoomService rooms) {
        this.invites = invites;
        this.rooms = rooms;
    }

    /** Joins the rooms of an invite one after the other. Never fails: a room that refuses the account does not undo it. */
    Future<Void> enter(Invite invite, UserId user) {
        return enter(invite.rooms().stream()
                .map(room -> new PendingRoom(user, room, invite.madeBy(), 1))
                .toList());
    }

    /** Joins rooms that were left; does nothing when Postgres does not answer. */
    public Future<Void> resume() {
        return invites.takePendingRooms(LEFT_AFTER, LIMIT).compose(this::enter).otherwiseEmpty();
    }

    private Future<Void> enter(List<PendingRoom> pending) {
        Future<Void> entered = Future.succeededFuture();
        for (PendingRoom room : pending) {
            entered = entered.compose(before -> enter(room));
        }
        return entered;
    }

    private Future<Void> enter(PendingRoom pending) {
        UserId inviter = pending.inviter();
        Future<?> invited = inviter == null
                ? Future.succeededFuture()
                : rooms.change(inviter, pending.room(), pending.user(), MembershipChange.INVITED);
        // To a public room the inviter need not be able to invite.
        return invited.transform(done -> rooms.join(pending.user(), pending.room()))
                .transform(joined -> {
                    if (joined.succeeded()) {
                        return invites.settle(pending);
                    }
                    ErrorCode code = ChatException.of(joined.cause()).code();
                    LOG.atInfo()
                            .addKeyValue("user", pending.user())
                            .addKeyValue("room", pending.room())
                            .addKeyValue("reason", code.code())
                            .log("An invited account did not join a room of its invite");
                    return PASSING.contains(code) && pending.attempts() < MAX_ATTEMPTS
                            ? Future.succeededFuture()
                            : invites.settle(pending);
                })
                // A row that stays is settled by the next attempt, which joins a joined room without effect.
                .otherwiseEmpty();
    }
}

package chat.parlance.account;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Membership;
import chat.parlance.model.PageSize;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.room.Permission;
import chat.parlance.room.RoomService;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes and revokes invites to the server. Belongs to the event loop of its {@link RoomService}. */
public final class InviteService {

    public static final int MAX_USES = 1_000;
    public static final int MAX_ROOMS = 20;
    public static final Duration MAX_LIFE = Duration.ofDays(90);

    /**
     * Request for an invite.
     *
     * @param rooms that the new account joins at once
     */
    public record Wanted(ServerRole role, int uses, Duration life, List<RoomId> rooms) {

        public Wanted {
            rooms = List.copyOf(rooms);
            if (role == ServerRole.OWNER) {
                throw ChatException.badRequest("An invite makes administrators, members or guests");
            }
            if (uses < 1 || uses > MAX_USES) {
                throw ChatException.badRequest("An invite has 1 to " + MAX_USES + " uses");
            }
            if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(MAX_LIFE) > 0) {
                throw ChatException.badRequest("An invite lives 1 second to " + MAX_LIFE.toDays() + " days");
            }
            if (rooms.size() > MAX_ROOMS) {
                throw ChatException.badRequest("An invite names at most " + MAX_ROOMS + " rooms");
            }
        }
    }

    /** A new invite with its code, which is not stored. */
    public record Made(Invite invite, LinkCode code) {}

    private final AccountService accounts;
    private final InviteStore invites;
    private final RoomService rooms;
    private final Clock clock;

    public InviteService(AccountService accounts, InviteStore invites, RoomService rooms, Clock clock) {
        this.accounts = accounts;
        this.invites = invites;
        this.rooms = rooms;
        this.clock = clock;
    }

    /**
     * Makes an invite. Fails with {@code account.forbidden}, or when the actor may not invite to one of the rooms with
     * {@code room.not_found}, {@code room.forbidden} or {@code room.direct}.
     */
    public Future<Made> make(Actor actor, Wanted wanted) {
        Instant now = clock.instant();
        Invite invite = new Invite(
                UUID.randomUUID(),
                wanted.role(),
                wanted.rooms().stream().distinct().toList(),
                wanted.uses(),
                0,
                actor.user(),
                now,
                now.plus(wanted.life()),
                false);
        LinkCode code = LinkCode.make(LinkCode.Kind.INVITE);
        return requireInviter(actor)
                .compose(allowed -> checkRooms(actor, invite))
                .compose(checked -> invites.make(actor, invite, code))
                .map(made -> new Made(invite, code));
    }

    /** See {@link InviteStore#list}. */
    public Future<List<Invite>> list(Actor actor, @Nullable UUID after, int limit) {
        PageSize.require(limit);
        return requireInviter(actor).compose(allowed -> invites.list(after, limit));
    }

    /** Fails with {@code account.forbidden} for somebody who may not invite to the server. */
    public Future<Void> requireInviter(Actor actor) {
        return accounts.require(actor, Permission.INVITE_TO_SERVER);
    }

    /** Revokes an invite. Fails with {@code account.forbidden} or {@code not_found}. */
    public Future<Void> revoke(Actor actor, UUID invite) {
        return invites.revoke(actor, invite)
                .compose(revoked -> revoked
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ChatException(ErrorCode.NOT_FOUND)));
    }

    private Future<Void> checkRooms(Actor actor, Invite invite) {
        UserId user = actor.user();
        Future<Void> checked = Future.succeededFuture();
        for (RoomId room : invite.rooms()) {
            checked = checked.compose(before -> user == null
                    ? Future.failedFuture(ChatException.badRequest("Only a user can invite to rooms"))
                    : rooms.find(user, room).map(seen -> {
                        checkRoom(seen, invite.role());
                        return null;
                    }));
        }
        return checked;
    }

    /** Members join a public room by themselves; everything else takes an invitation of the actor to the room. */
    private static void checkRoom(Room room, ServerRole role) {
        if (room.visibility() == Visibility.DIRECT) {
            throw new ChatException(ErrorCode.ROOM_DIRECT);
        }
        Membership actor = room.viewer();
        boolean invites = actor != null && actor.isJoined() && actor.role().isAtLeast(Permission.INVITE.role());
        boolean isOpen = room.visibility() == Visibility.PUBLIC && Permission.SEE_PUBLIC_ROOMS.isOf(role);
        if (!invites && !isOpen) {
            throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "You cannot invite to the room " + room.id());
        }
    }
}

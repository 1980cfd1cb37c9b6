package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.Role;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.room.Permission;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;

/** Creation of a room with its first members, in one transaction. */
final class RoomCreation {

    private RoomCreation() {}

    /** Creates a room; its creator, who acts, becomes the owner. */
    static Future<List<Event>> create(
            RoomTransaction transaction, RoomProfile profile, Visibility visibility, List<UserId> members) {
        UserId creator = transaction.actor();
        List<UserId> all = new ArrayList<>(members);
        all.addFirst(creator);
        return transaction
                .require(Permission.CREATE_ROOM)
                .compose(permitted -> transaction.insert(profile, visibility))
                .compose(inserted -> inserted
                        ? transaction
                                .checkRooms(creator)
                                .compose(allowed -> transaction.add(List.of(creator), "joined", Role.OWNER, null))
                        : Future.failedFuture(new ChatException(ErrorCode.ROOM_EXISTS)))
                .compose(added -> transaction.add(members, "joined", Role.MEMBER, null))
                .compose(added -> transaction.appendJoins(all));
    }

    /** Creates the direct room of two users, unless it exists already. */
    static Future<List<Event>> createDirect(SqlConnection connection, UserId creator, UserId other) {
        RoomTransaction transaction =
                new RoomTransaction(connection, Integer.MAX_VALUE, RoomId.direct(creator, other), creator);
        List<UserId> both = List.of(creator, other);
        return transaction
                .require(Permission.OPEN_DIRECT_ROOM)
                .compose(permitted ->
                        transaction.insert(new RoomProfile(creator + ", " + other, "", ""), Visibility.DIRECT))
                .compose(inserted -> inserted
                        ? transaction
                                .add(both, "joined", Role.MEMBER, null)
                                .compose(added -> transaction.appendJoins(both))
                        : Future.succeededFuture(List.of()));
    }
}

package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Role;
import chat.parlance.model.RoomChanges;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.room.MemberChange;
import chat.parlance.room.RoomRules;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one room, of its members or its settings, by {@link RoomRules}. The transaction locks the room's row from
 * the first statement on, so the view of the room stays true until it ends.
 */
final class RoomUpdate {

    private final RoomTransaction transaction;
    private final Visibility visibility;
    private final boolean archived;
    private final RoomProfile profile;

    private RoomUpdate(RoomTransaction transaction, Row row) {
        this.transaction = transaction;
        this.visibility = RoomRow.visibility(row);
        this.archived = row.getBoolean("archived");
        this.profile = new RoomProfile(row.getString("name"), row.getString("topic"), row.getString("description"));
    }

    /** Starts a change; fails with {@code room.not_found} when there is no such room. */
    static Future<RoomUpdate> lock(RoomTransaction transaction) {
        return transaction.lock().map(row -> new RoomUpdate(transaction, row));
    }

    /** Applies the changes that change anything, one after the other. */
    Future<List<Event>> changeMembers(List<MemberChange> changes) {
        Future<List<Event>> done = Future.succeededFuture(List.of());
        for (MemberChange change : changes) {
            done = done.compose(before -> change(change).map(after -> concat(before, after)));
        }
        return done;
    }

    /** Joins the actor by the permission to join any room, which the caller has checked. */
    Future<List<Event>> joinAny() {
        UserId actor = transaction.actor();
        return transaction.situation(actor).compose(row -> {
            RoomRules.Situation situation = situation(row);
            if (!RoomRules.checkJoinOfAnyRoom(situation)) {
                return Future.succeededFuture(List.of());
            }
            // The invitation by oneself tells the members by which right the administrator joins.
            return apply(actor, MembershipChange.JOINED)
                    .compose(joined -> transaction.audit("room.joined"))
                    .compose(noted -> transaction.append(
                            EventKind.MEMBERSHIP,
                            new String[] {actor.value(), actor.value()},
                            new String[] {MembershipChange.INVITED.wireName(), MembershipChange.JOINED.wireName()}));
        });
    }

    /** Sets the settings that differ. */
    Future<List<Event>> changeSettings(RoomChanges wanted) {
        return transaction.situation(transaction.actor()).compose(row -> {
            RoomProfile next = new RoomProfile(
                    wanted.name() == null ? profile.name() : wanted.name(),
                    wanted.topic() == null ? profile.topic() : wanted.topic(),
                    wanted.description() == null ? profile.description() : wanted.description());
            Map<RoomSetting, String> settings = settings(next, wanted.archived());
            RoomRules.Situation situation = situation(row);
            // Checked even if nothing is to change: a user who may not change a setting must not learn its value.
            asked(wanted).forEach(setting -> RoomRules.check(setting, situation));
            if (settings.isEmpty()) {
                return Future.succeededFuture(List.of());
            }
            return transaction
                    .set(next, wanted.archived())
                    .compose(set -> transaction.append(
                            EventKind.ROOM,
                            settings.keySet().stream()
                                    .map(RoomSetting::wireName)
                                    .toArray(String[]::new),
                            settings.values().toArray(String[]::new)));
        });
    }

    private static List<RoomSetting> asked(RoomChanges wanted) {
        List<RoomSetting> asked = new ArrayList<>();
        if (wanted.archived() != null) {
            asked.add(wanted.archived() ? RoomSetting.ARCHIVED : RoomSetting.UNARCHIVED);
        }
        if (wanted.name() != null || wanted.topic() != null || wanted.description() != null) {
            asked.add(RoomSetting.NAME);
        }
        return asked;
    }

    private Map<RoomSetting, String> settings(RoomProfile next, @Nullable Boolean archive) {
        Map<RoomSetting, String> settings = new EnumMap<>(RoomSetting.class);
        if (!next.name().equals(profile.name())) {
            settings.put(RoomSetting.NAME, next.name());
        }
        if (!next.topic().equals(profile.topic())) {
            settings.put(RoomSetting.TOPIC, next.topic());
        }
        if (!next.description().equals(profile.description())) {
            settings.put(RoomSetting.DESCRIPTION, next.description());
        }
        if (archive != null && archive != archived) {
            settings.put(archive ? RoomSetting.ARCHIVED : RoomSetting.UNARCHIVED, "");
        }
        return settings;
    }

    private Future<List<Event>> change(MemberChange wanted) {
        UserId user = wanted.user();
        return transaction.situation(user).compose(row -> {
            RoomRules.Subject subject = new RoomRules.Subject(
                    RoomRow.membership(row, "user_"), transaction.actor().equals(user), row.getLong("owners"));
            if (!RoomRules.check(wanted.change(), situation(row), subject)) {
                return Future.succeededFuture(List.of());
            }
            if (!row.getBoolean("user_exists")) {
                return Future.failedFuture(new ChatException(ErrorCode.USER_NOT_FOUND));
            }
            return apply(user, wanted.change())
                    .compose(applied ->
                            transaction.append(EventKind.MEMBERSHIP, new String[] {user.value()}, new String[] {
                                wanted.change().wireName()
                            }));
        });
    }

    private Future<?> apply(UserId user, MembershipChange change) {
        return switch (change) {
            case JOINED ->
                transaction
                        .checkRooms(user)
                        .compose(allowed -> transaction.add(List.of(user), "joined", Role.MEMBER, null));
            case INVITED -> transaction.add(List.of(user), "invited", Role.MEMBER, transaction.actor());
            case BANNED -> transaction.add(List.of(user), "banned", Role.MEMBER, null);
            case LEFT, DECLINED, KICKED, UNBANNED -> transaction.remove(user);
            case MUTED -> transaction.setMuted(user, true);
            case UNMUTED -> transaction.setMuted(user, false);
            case OWNER -> transaction.setRole(user, Role.OWNER);
            case ADMIN -> transaction.setRole(user, Role.ADMIN);
            case MEMBER -> transaction.setRole(user, Role.MEMBER);
        };
    }

    private RoomRules.Situation situation(Row row) {
        String serverRole = row.getString("actor_server_role");
        return new RoomRules.Situation(
                visibility,
                archived,
                RoomRow.membership(row, "actor_"),
                serverRole == null ? ServerRole.GUEST : ServerRole.of(serverRole));
    }

    private static List<Event> concat(List<Event> some, List<Event> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}

package chat.parlance.persistence;

import chat.parlance.model.NotificationLevel;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomOrder;
import chat.parlance.model.RoomPreferenceChanges;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.RoomSection;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferenceChanges;
import chat.parlance.model.UserPreferences;
import chat.parlance.room.PreferenceStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Preferences in Postgres. Belongs to one event loop. */
final class PostgresPreferenceStore implements PreferenceStore {

    private static final String FIND = """
        select room_order, folded, revision from user_preference where user_id = $1
        """;

    /**
     * Changes a user's preferences. The revision is the time, but greater than the one before, so that it still rises
     * after a restored backup.
     */
    private static final String CHANGE = """
        insert into user_preference as p (user_id, room_order, folded, revision)
        values ($1, coalesce($2::text, $5::text),
                array(select unnest($6::text[]) union select unnest($3::text[]) except select unnest($4::text[])),
                (extract(epoch from clock_timestamp()) * 1000)::bigint)
        on conflict (user_id) do update
        set room_order = coalesce($2::text, p.room_order),
            folded = array(select unnest(p.folded) union select unnest($3::text[]) except select unnest($4::text[])),
            revision = greatest(p.revision + 1, excluded.revision)
        returning room_order, folded, revision
        """;

    /**
     * Changes a member's preferences for a room. Locks the membership until the commit: it waits for a pending end of
     * the membership, and a later end deletes the row. Answers nothing for a user who is not a member.
     */
    private static final String CHANGE_OF_ROOM = """
        with wait as materialized (
            select set_config('lock_timeout', $6, true)
        ), membership as materialized (
            select m.room_id, m.user_id, r.head
            from wait, member m
            join room r on r.room_id = m.room_id
            where m.room_id = $1 and m.user_id = $2 and m.membership = 'joined'
            for share of m
        )
        insert into room_preference as p (room_id, user_id, starred, notifications, hidden_to, revision)
        select m.room_id, m.user_id, coalesce($3::boolean, false), coalesce($4::text, $7::text), least(coalesce($5::bigint, 0), m.head),
               (extract(epoch from clock_timestamp()) * 1000)::bigint
        from membership m
        on conflict (room_id, user_id) do update
        set starred = coalesce($3::boolean, p.starred),
            notifications = coalesce($4::text, p.notifications),
            hidden_to = case when $5::bigint is null then p.hidden_to else excluded.hidden_to end,
            revision = greatest(p.revision + 1, excluded.revision)
        returning starred, notifications, hidden_to, revision
        """;

    private final Statements statements;
    private final Statements transactions;
    private final RoomWrites writes;

    /**
     * @param statements for work that waits for no locks
     * @param transactions for the statements of {@code writes}
     */
    PostgresPreferenceStore(Statements statements, Statements transactions, RoomWrites writes) {
        this.statements = statements;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Future<UserPreferences> find(UserId user) {
        return statements
                .run(FIND, Tuple.of(user.value()))
                .map(rows -> first(rows).map(PreferenceRow::ofUser).orElse(UserPreferences.DEFAULT));
    }

    @Override
    public Future<UserPreferences> change(UserId user, UserPreferenceChanges changes) {
        RoomOrder order = changes.order();
        Tuple parameters = Tuple.of(
                user.value(),
                order == null ? null : order.wireName(),
                names(changes.fold()),
                names(changes.unfold()),
                UserPreferences.DEFAULT.order().wireName(),
                names(UserPreferences.DEFAULT.folded()));
        return statements
                .run(CHANGE, parameters)
                .map(rows -> PreferenceRow.ofUser(first(rows).orElseThrow()));
    }

    @Override
    public Future<Optional<RoomPreferences>> change(UserId user, RoomId room, RoomPreferenceChanges changes) {
        NotificationLevel notifications = changes.notifications();
        return writes.write(room, waitMs -> {
            Tuple parameters = Tuple.tuple()
                    .addString(room.value())
                    .addString(user.value())
                    .addBoolean(changes.starred())
                    .addString(notifications == null ? null : notifications.wireName())
                    .addLong(changes.hiddenTo())
                    .addString(Integer.toString(LockWait.timeoutMs(waitMs)))
                    .addString(RoomPreferences.DEFAULT.notifications().wireName());
            return transactions
                    .attempt(CHANGE_OF_ROOM, parameters)
                    .map(rows -> first(rows).map(PreferenceRow::ofRoom));
        });
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).findFirst();
    }

    private static String[] names(Collection<RoomSection> sections) {
        return sections.stream().map(RoomSection::wireName).toArray(String[]::new);
    }
}

package chat.parlance.persistence;

import chat.parlance.model.Cursor;
import chat.parlance.model.RoomId;
import chat.parlance.model.SavedMark;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.ChangeSet;
import chat.parlance.room.Signal;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table {@code commit_log}, which the migrations explain, read from one snapshot to the next: a poll reports the
 * transactions that it sees and the poll before did not see. When a poll is not answered in time, the node gives up its
 * connection and all others that were silent as long, because the path to Postgres is broken. Belongs to one event
 * loop.
 */
final class PostgresChangeLog implements ChangeLog {

    /**
     * Query of the changes since a snapshot. Changed rows are looked up by key, whatever Postgres expects: idle rooms
     * and users cost nothing. Fails on a server that is no primary. Another timeline of the same database may lack the
     * last commits of the one before and give their ids to others, and so may a restarted server whose files were
     * copied back: then everything that the log keeps is returned.
     */
    private static final String SINCE = """
        with look as materialized (
            select pg_current_snapshot() as snapshot, extract(epoch from clock_timestamp()) * 1000 as clock,
                   (pg_control_system()).system_identifier || '/' || 'commit_log'::regclass::oid as origin,
                   left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/'
                   || extract(epoch from pg_postmaster_start_time()) as timeline
        ), mark as materialized (
            select $1::text = l.origin as same_origin, $2::text = l.timeline as same_timeline, m.snapshot,
                   p.snapshot as pruned,
                   pg_snapshot_xmax(m.snapshot) between pg_snapshot_xmax(p.snapshot) and pg_snapshot_xmax(l.snapshot)
                   and not exists (
                       select from pg_snapshot_xip(m.snapshot) x where pg_visible_in_snapshot(x, p.snapshot)
                   ) as kept
            from look l, commit_log_pruned p, (select nullif($3::text, '')::pg_snapshot as snapshot) m
        ), bounds as materialized (
            select case when same_origin and same_timeline then snapshot else pruned end as after from mark
        ), answer as materialized (
            select concat_ws(' ', l.origin, l.timeline, l.snapshot) as mark, l.clock::bigint as clock,
                   coalesce(m.same_origin and m.kept and m.same_timeline, false) as complete,
                   coalesce(m.same_origin and m.kept and not m.same_timeline, false) as failed_over
            from look l, mark m
        ), recent as materialized (
            select rooms, member_rooms, member_users, read_seqs, read_turns, preference_rooms, preference_users,
                   thread_rooms, thread_users, threads, saved_rooms, saved_users, saved_seqs, sessions
            from commit_log
            where xid >= (select pg_snapshot_xmax(after) from bounds)
                  and xid < (select pg_snapshot_xmax(snapshot) from look)
                  or xid = any (array(select pg_snapshot_xip(after) from bounds))
        ), changed as materialized (
            select c.room_id, c.user_id, c.read_seq, c.read_turn
            from recent, unnest(member_rooms, member_users, read_seqs, read_turns)
                     as c (room_id, user_id, read_seq, read_turn)
        ), preferred as materialized (
            select c.room_id, c.user_id
            from recent, unnest(preference_rooms, preference_users) as c (room_id, user_id)
        )
        select a.*, 'room' as what, r.room_id, null as user_id, r.head as seq, r.head_stamp as stamp,
               null as membership, null as role, null::boolean as muted, null::uuid as session_id,
               null::boolean as starred, null as notifications, null::bigint as hidden_to, null as room_order,
               null::text[] as folded, null::bigint as revision
        from answer a
        left join (select distinct unnest(rooms) as room_id from recent) c on true
        left join lateral (
            select x.room_id, x.head, x.head_stamp from room x where x.room_id = c.room_id offset 0
        ) r on true
        union all
        select a.*, 'marker', c.room_id, c.user_id, c.read_seq, c.read_turn, null, null, null, null, null, null, null, null, null, null
        from answer a, (
            select distinct on (room_id, user_id) room_id, user_id, read_seq, read_turn
            from changed
            where read_seq is not null
            order by room_id, user_id, read_turn desc, read_seq desc
        ) c
        union all
        select a.*, 'place', c.room_id, c.user_id, null, null, m.membership, m.role, m.muted, null, null, null, null, null, null, null
        from answer a, (select distinct room_id, user_id from changed where read_seq is null) c
        left join lateral (
            select x.membership, x.role, x.muted from member x where x.room_id = c.room_id and x.user_id = c.user_id offset 0
        ) m on true
        union all
        select a.*, 'thread', c.room_id, c.user_id, c.thread, null, null, null, null, null, null, null, null, null, null, null
        from answer a, (
            select distinct c.room_id, c.user_id, c.thread
            from recent, unnest(thread_rooms, thread_users, threads) as c (room_id, user_id, thread)
        ) c
        union all
        select a.*, 'saved', c.room_id, c.user_id, c.seq, null, null, null,
               exists (
                   select from saved s where s.user_id = c.user_id and s.room_id = c.room_id and s.seq = c.seq
               ), null, null, null, null, null, null, null
        from answer a, (
            select distinct c.room_id, c.user_id, c.seq
            from recent, unnest(saved_rooms, saved_users, saved_seqs) as c (room_id, user_id, seq)
        ) c
        union all
        select a.*, 'session', null, null, null, null, null, null, null, c.session_id, null, null, null, null, null, null
        from answer a, (select distinct unnest(sessions) as session_id from recent) c
        union all
        select a.*, 'room_preferences', p.room_id, p.user_id, null, null, null, null, null, null,
               p.starred, p.notifications, p.hidden_to, null, null, p.revision
        from answer a, (select distinct room_id, user_id from preferred where room_id is not null) c
        cross join lateral (
            select x.* from room_preference x where x.room_id = c.room_id and x.user_id = c.user_id offset 0
        ) p
        union all
        select a.*, 'user_preferences', null, p.user_id, null, null, null, null, null, null,
               null, null, null, p.room_order, p.folded, p.revision
        from answer a, (select distinct user_id from preferred where room_id is null) c
        cross join lateral (select x.* from user_preference x where x.user_id = c.user_id offset 0) p
        """;

    private static final String REVOKED = """
        select session_id from session where revoked_at > now() - make_interval(secs => $1)
        """;

    /**
     * Deletes the rows that a snapshot sees, and stores the snapshot. Reads the rows that the last one did not see,
     * without those that were deleted long ago and cannot be vacuumed yet. A snapshot from the future belongs to a dump
     * of another database.
     */
    private static final String PRUNE = """
        with before as materialized (
            select case
                       when pg_snapshot_xmax(snapshot) <= pg_snapshot_xmax(pg_current_snapshot()) then snapshot
                       else '1:1:'
                   end as snapshot
            from commit_log_pruned
            for update skip locked
        ), bounds as materialized (
            select snapshot as after, $1::text::pg_snapshot as until
            from before
            where pg_snapshot_xmax(snapshot) < pg_snapshot_xmax($1::text::pg_snapshot)
        ), remembered as (
            update commit_log_pruned set snapshot = until from bounds
        )
        delete from commit_log
        where (xid >= (select pg_snapshot_xmax(after) from bounds)
               and xid < (select pg_snapshot_xmax(until) from bounds)
               or xid = any (array(select pg_snapshot_xip(after) from bounds)))
              and pg_visible_in_snapshot(xid, (select until from bounds))
        """;

    /** Number of polls from one prune to the next. */
    static final int LOOKS_PER_PRUNE = 60;

    private final PostgresPools pools;
    private final Statements statements;
    private final Duration revocationsKept;
    private final StoreMeters meters;
    private PostgresPools.Answers atQuestion;
    private int looks;
    private Mark toPrune = Mark.NONE;

    /** Cursor of the poll; as text, its parts with spaces between them. */
    private record Mark(String origin, String timeline, String snapshot) {

        private static final Mark NONE = new Mark("", "", "");

        static Mark parse(String text) {
            String[] parts = text.split(" ", -1);
            return parts.length == 3 ? new Mark(parts[0], parts[1], parts[2]) : NONE;
        }

        boolean isOfSameHistory(Mark other) {
            return origin.equals(other.origin) && timeline.equals(other.timeline);
        }
    }

    /**
     * @param statements for work outside a poll, which must not delay one
     * @param revocationsKept age of the oldest revoked sessions in the answer, when the log does not reach back to the
     *     cursor
     */
    PostgresChangeLog(PostgresPools pools, Statements statements, Duration revocationsKept, StoreMeters meters) {
        this.meters = meters;
        this.pools = pools;
        this.statements = statements;
        this.atQuestion = pools.answers();
        this.revocationsKept = revocationsKept;
    }

    @Override
    public Future<ChangeSet> since(String text) {
        atQuestion = pools.answers();
        Mark mark = Mark.parse(text);
        long beginMs = System.currentTimeMillis();
        return run(SINCE, Tuple.of(mark.origin(), mark.timeline(), mark.snapshot()))
                .onSuccess(rows -> compareClocks(rows, beginMs))
                .map(PostgresChangeLog::changes)
                .compose(changes -> changes.complete() ? Future.succeededFuture(changes) : withRevoked(changes))
                .onSuccess(changes -> {
                    if (++looks % LOOKS_PER_PRUNE == 0) {
                        prune(Mark.parse(changes.cursor()));
                    }
                });
    }

    /** Compares the clock of Postgres with the middle of the time that the query took here. */
    private void compareClocks(RowSet<Row> rows, long beginMs) {
        long middleMs = (beginMs + System.currentTimeMillis()) / 2;
        meters.clockAhead(rows.iterator().next().getLong("clock") - middleMs);
    }

    @Override
    public void giveUp() {
        pools.giveUpSilent(atQuestion);
    }

    /**
     * Deletes the rows that were visible at the call before: every node has seen them by now, unless it slept; then it
     * detects that the log no longer reaches back to its cursor.
     */
    private void prune(Mark now) {
        Mark before = toPrune;
        toPrune = now;
        if (now.isOfSameHistory(before)) {
            // The pool logs a failure; the next prune deletes more.
            statements.run(PRUNE, Tuple.of(before.snapshot()));
        }
    }

    private Future<ChangeSet> withRevoked(ChangeSet changes) {
        return run(REVOKED, Tuple.of((double) revocationsKept.toSeconds())).map(rows -> {
            Set<SessionId> revoked = new HashSet<>();
            rows.forEach(row -> revoked.add(new SessionId(row.getUUID("session_id"))));
            return changes.withRevoked(revoked);
        });
    }

    private Future<RowSet<Row>> run(String sql, Tuple parameters) {
        return pools.watch().run(pool -> pool.preparedQuery(sql).execute(parameters));
    }

    private static ChangeSet changes(RowSet<Row> rows) {
        Map<RoomId, Cursor> heads = new HashMap<>();
        List<ChangeSet.MembershipChanged> places = new ArrayList<>();
        List<ChangeSet.Marker> markers = new ArrayList<>();
        List<ChangeSet.ThreadOf> threads = new ArrayList<>();
        List<SavedMark> saved = new ArrayList<>();
        String mark = "";
        boolean complete = false;
        boolean failedOver = false;
        List<Signal.Preferred> preferred = new ArrayList<>();
        Set<SessionId> revoked = new HashSet<>();
        for (Row row : rows) {
            mark = row.getString("mark");
            complete = row.getBoolean("complete");
            failedOver = row.getBoolean("failed_over");
            switch (row.getString("what")) {
                case "room" -> {
                    if (row.getString("room_id") != null) {
                        heads.put(room(row), EventRow.cursor(row, "seq", "stamp"));
                    }
                }
                case "marker" ->
                    markers.add(new ChangeSet.Marker(
                            room(row), user(row), row.getLong("stamp").intValue(), row.getLong("seq")));
                case "saved" ->
                    saved.add(new SavedMark(room(row), user(row), row.getLong("seq"), row.getBoolean("muted")));
                case "thread" -> threads.add(new ChangeSet.ThreadOf(room(row), user(row), row.getLong("seq")));
                case "room_preferences" ->
                    preferred.add(new Signal.RoomPreferred(room(row), user(row), PreferenceRow.ofRoom(row)));
                case "user_preferences" ->
                    preferred.add(new Signal.UserPreferred(user(row), PreferenceRow.ofUser(row)));
                case "session" -> revoked.add(new SessionId(row.getUUID("session_id")));
                default -> places.add(new ChangeSet.MembershipChanged(room(row), user(row), RoomRow.membership(row)));
            }
        }
        return new ChangeSet(
                mark, complete, failedOver, false, heads, places, markers, preferred, threads, saved, revoked);
    }

    private static RoomId room(Row row) {
        return new RoomId(row.getString("room_id"));
    }

    private static UserId user(Row row) {
        return new UserId(row.getString("user_id"));
    }
}

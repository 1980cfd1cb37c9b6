package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.FollowedThread;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.Target;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.ThreadPage;
import chat.parlance.model.ThreadPlace;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import chat.parlance.room.ThreadStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Threads in the table {@code thread_follow}, which the migrations explain. */
final class PostgresThreads implements ThreadStore {

    /** Thread of message $3 in room $2, for user $1, who must be a member. */
    private static final String PLACE = """
        with place as materialized (
            select r.room_id, r.head, coalesce(e.thread, e.seq) as thread
            from room r
            join member m on m.room_id = r.room_id and m.user_id = $1 and m.membership = 'joined'
            join event e on e.room_id = r.room_id and e.seq = $3 and e.kind = 'message'
            where r.room_id = $2
        )\
        """;

    private static final String FIND = PLACE + """

        select p.thread, p.head, coalesce(f.following, false) as following, coalesce(f.read_seq, 0) as read_seq,
               u.unread, n.mentions
        from place p
        left join thread_follow f on f.user_id = $1 and f.room_id = p.room_id and f.thread = p.thread
        """ + counts("p", "(case when f.following then f.read_seq end)");

    /** Follows a thread. One that was not followed before starts with nothing unread. */
    private static final String FOLLOW = PLACE + """
        , changed as (
            insert into thread_follow as t (user_id, room_id, thread, following, read_seq)
            select $1, p.room_id, p.thread, $4, p.head
            from place p
            on conflict (user_id, room_id, thread) do update
            set following = excluded.following,
                read_seq = case when t.following then t.read_seq else greatest(t.read_seq, excluded.read_seq) end,
                followed_at = case when t.following then t.followed_at else excluded.followed_at end
            returning t.following, t.read_seq
        )
        select p.thread, p.head, f.following, f.read_seq, u.unread, n.mentions
        from place p
        cross join changed f
        """ + counts("p", "(case when f.following then f.read_seq end)");

    private static final String READ = PLACE + """
        , target as materialized (
            select p.*, least($4::bigint, p.head) as seq,
                   $5::bigint is null or exists (
                       select from event e where e.room_id = p.room_id and e.seq = $4 and e.stamp = $5
                   ) as proved
            from place p
        ), moved as (
            update thread_follow f
            set read_seq = p.seq
            from target p
            where f.user_id = $1 and f.room_id = p.room_id and f.thread = p.thread and f.following
                  and p.proved and f.read_seq < p.seq
            returning f.read_seq
        ), state as (
            select p.*, coalesce(f.following, false) as following,
                   coalesce((select m.read_seq from moved m), f.read_seq, 0) as read_seq
            from target p
            left join thread_follow f on f.user_id = $1 and f.room_id = p.room_id and f.thread = p.thread
        )
        select p.thread, p.head, p.following, p.read_seq, p.proved, u.unread, n.mentions
        from state p
        """ + counts("p", "(case when p.following then p.read_seq end)");

    /** Lists threads. Each is looked up by index; only those of the page are counted and read. */
    private static final String LIST = """
        with mine as materialized (
            select f.room_id, f.thread, f.read_seq
            from thread_follow f
            where f.user_id = $1 and f.following
            order by f.followed_at desc
            limit %d
        ), standing as materialized (
            select f.room_id, f.thread, f.read_seq, r.head, l.at as last_at, x.is_unread
            from mine f
            join member m on m.room_id = f.room_id and m.user_id = $1 and m.membership = 'joined'
            join room r on r.room_id = f.room_id
            join lateral (
                select e.at
                from event e
                where e.room_id = f.room_id and e.seq = coalesce((
                    select s.last_reply from message_state s where s.room_id = f.room_id and s.seq = f.thread
                ), f.thread)
                offset 0
            ) l on true
            cross join lateral (
                select exists (
                    select from event e
                    where e.room_id = f.room_id and e.thread = f.thread and e.seq > f.read_seq and e.sender <> $1
                          and e.text is not null
                ) or exists (
                    select from mention n
                    where n.user_id = $1 and n.room_id = f.room_id and n.thread = f.thread and n.named > f.read_seq
                ) as is_unread
            ) x
        ), totals as (
            select count(*)::int as threads from standing f where f.is_unread
        ), named as (
            select count(*)::int as mentions
            from (
                select
                from standing f
                join mention n
                    on n.user_id = $1 and n.room_id = f.room_id and n.thread = f.thread and n.named > f.read_seq
                where f.is_unread
                limit %d
            ) n
        ), page as materialized (
            select *
            from standing f
            where $2::boolean is null or (f.is_unread, f.last_at, f.room_id, f.thread) < ($2, $3, $4, $5)
            order by f.is_unread desc, f.last_at desc, f.room_id desc, f.thread desc
            limit $6
        )
        select t.threads as unread_threads, c.mentions as all_mentions, p.room_id, p.thread as followed, p.read_seq, p.head,
               p.last_at, p.is_unread, u.unread, n.mentions as named, %s
        from totals t
        cross join named c
        left join page p on true
        left join event e on e.room_id = p.room_id and e.seq = p.thread
        %s
        %s
        order by p.is_unread desc, p.last_at desc, p.room_id desc, p.thread desc
        """.formatted(
                    ThreadPage.MAX_THREADS,
                    Unread.MAX_COUNT,
                    HistoryPages.columns("$1"),
                    HistoryPages.STATE,
                    counts("p", "p.read_seq"));

    private final Statements statements;

    PostgresThreads(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Optional<ThreadMarker>> find(UserId user, RoomId room, long message) {
        return statements
                .run(FIND, Tuple.of(user.value(), room.value(), message))
                .map(rows -> first(rows).map(row -> marker(user, room, row)));
    }

    @Override
    public Future<Optional<ThreadMarker>> follow(UserId user, RoomId room, long message, boolean following) {
        return statements
                .run(FOLLOW, Tuple.of(user.value(), room.value(), message, following))
                .map(rows -> first(rows).map(row -> marker(user, room, row)));
    }

    @Override
    public Future<Optional<ThreadMarker>> markRead(UserId user, RoomId room, long message, Target target) {
        Stamp stamp = target.stamp();
        Tuple parameters =
                Tuple.of(user.value(), room.value(), message, target.seq(), stamp == null ? null : stamp.value());
        return statements
                .run(READ, parameters)
                .map(rows -> first(rows).map(row -> {
                    if (!row.getBoolean("proved")) {
                        throw new ChatException(ErrorCode.HISTORY_CHANGED);
                    }
                    return marker(user, room, row);
                }));
    }

    @Override
    public Future<ThreadPage> list(UserId user, @Nullable ThreadPlace after, int limit) {
        Tuple parameters = Tuple.tuple().addString(user.value());
        if (after == null) {
            parameters.addBoolean(null).addOffsetDateTime(null).addString(null).addLong(null);
        } else {
            parameters
                    .addBoolean(after.unread())
                    .addOffsetDateTime(after.lastAt().atOffset(ZoneOffset.UTC))
                    .addString(after.room().value())
                    .addLong(after.thread());
        }
        return statements.run(LIST, parameters.addInteger(limit)).map(rows -> page(user, limit, rows));
    }

    private static ThreadPage page(UserId user, int limit, RowSet<Row> rows) {
        List<FollowedThread> threads = new ArrayList<>();
        ThreadPlace last = null;
        int unread = 0;
        int mentions = 0;
        for (Row row : rows) {
            unread = row.getInteger("unread_threads");
            mentions = row.getInteger("all_mentions");
            if (row.getString("room_id") != null) {
                RoomId room = new RoomId(row.getString("room_id"));
                long thread = row.getLong("followed");
                threads.add(new FollowedThread(
                        EventRow.present(room, row),
                        new ThreadMarker(room, user, thread, true, row.getLong("head"), unread(row, "named"))));
                last = new ThreadPlace(row.getBoolean("is_unread"), EventRow.instant(row, "last_at"), room, thread);
            }
        }
        return new ThreadPage(threads, unread, mentions, threads.size() < limit ? null : last);
    }

    private static ThreadMarker marker(UserId user, RoomId room, Row row) {
        return new ThreadMarker(
                room,
                user,
                row.getLong("thread"),
                row.getBoolean("following"),
                row.getLong("head"),
                unread(row, "mentions"));
    }

    private static Unread unread(Row row, String mentions) {
        return new Unread(row.getLong("read_seq"), row.getInteger("unread"), row.getInteger(mentions));
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    /**
     * Joins that give {@code u.unread} and {@code n.mentions} of a thread for user $1.
     *
     * @param place alias of the rows with {@code room_id} and {@code thread}
     * @param readSeq expression of the read marker; where it is null, the counts are 0
     */
    private static String counts(String place, String readSeq) {
        return """
            left join lateral (
                select count(*)::int as unread
                from (
                    select
                    from event e
                    where e.room_id = %1$s.room_id and e.thread = %1$s.thread and e.seq > %2$s and e.sender <> $1
                          and e.text is not null
                    limit %3$d
                ) e
            ) u on true
            left join lateral (
                select count(*)::int as mentions
                from (
                    select
                    from mention n
                    where n.user_id = $1 and n.room_id = %1$s.room_id and n.thread = %1$s.thread and n.named > %2$s
                    limit %3$d
                ) n
            ) n on true
            """.formatted(place, readSeq, Unread.MAX_COUNT);
    }
}

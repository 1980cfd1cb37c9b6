-- Joins of users by themselves, each to its room: one call, one transaction, one commit. A herd of newcomers, or a user who joins
-- many rooms, pays for one transaction a batch.
--
-- rooms are the rooms of the batch, and users its users, each once and in the order of their ids. The other arrays have an
-- element a join: the numbers of its room and user, and the stamp of its event, a random number of 48 bits. No pair of room and
-- user stands twice in a batch. hidden_from are the roles on the server that do not see public rooms. max_rooms is the most rooms
-- of one user, without direct ones; null without a limit.
--
-- Answers a row for each join, in the order of the batch. A join is stored if its room is a public one that the user sees, or the
-- user is invited, and nothing stands against it; then seq is that of its event. All other joins are answered with the room and
-- the membership as they are, from which the caller derives the refusal. is_full tells that the user is in max_rooms rooms, counting
-- the joins before this one. is_locked tells that another transaction holds the row of the room or of the user; the caller
-- tries again.
--
-- Locks: the rooms, then the users, each in the order of their ids. With wait_ms = 0 locked ones are skipped; otherwise each lock is
-- waited for as long as that. The lock of a user makes the joins of one user count each other. The statement after the
-- locks has a snapshot of its own, so it sees everything that was committed before.
create function join_rooms(
    rooms text[], users text[], room_numbers integer[], user_numbers integer[], stamps bigint[], hidden_from text[],
    max_rooms integer, wait_ms integer)
returns table (
    visibility text, archived boolean, membership text, role text, muted boolean, server_role text, is_locked boolean,
    is_full boolean, seq bigint, previous bigint, at timestamptz)
language plpgsql
as $$
#variable_conflict use_column
declare
    held       text[];
    held_users text[] := users;
    now_ms     timestamptz;
begin
    if wait_ms > 0 then
        perform set_config('lock_timeout', wait_ms::text, true);
        select array_agg(h.room_id) into held
        from (
            select r.room_id from room r where r.room_id = any (rooms) order by r.room_id for no key update
        ) h;
    else
        select array_agg(h.room_id) into held
        from (
            select r.room_id from room r where r.room_id = any (rooms) order by r.room_id for no key update skip locked
        ) h;
    end if;
    if max_rooms is not null then
        if wait_ms > 0 then
            select array_agg(h.user_id) into held_users
            from (
                select a.user_id from account a where a.user_id = any (users) order by a.user_id for no key update
            ) h;
        else
            select array_agg(h.user_id) into held_users
            from (
                select a.user_id from account a where a.user_id = any (users) order by a.user_id
                for no key update skip locked
            ) h;
        end if;
    end if;

    now_ms := date_trunc('milliseconds', clock_timestamp());
    return query
    with asked as materialized (
        select j.number, rooms[j.room_number] as room_id, users[j.user_number] as user_id, j.stamp, r.visibility, r.archived,
               r.head, r.head_stamp, m.membership, m.role, m.muted, a.server_role,
               r.room_id is not null and held is distinct from rooms and rooms[j.room_number] <> all (coalesce(held, '{}'))
               or a.user_id is not null and held_users is distinct from users
                  and users[j.user_number] <> all (coalesce(held_users, '{}')) as is_locked
        from unnest(room_numbers, user_numbers, stamps) with ordinality as j (room_number, user_number, stamp, number)
        left join room r on r.room_id = rooms[j.room_number]
        -- By both columns of the key, whatever Postgres expects: a room may have gained all of its members since the last analysis.
        left join lateral (
            select m.membership, m.role, m.muted
            from member m
            where m.room_id = rooms[j.room_number] and m.user_id = users[j.user_number]
            offset 0
        ) m on true
        left join account a on a.user_id = users[j.user_number]
    ), decided as materialized (
        select a.*,
               coalesce(
                   not a.is_locked and a.visibility <> 'direct' and not a.archived and a.server_role is not null
                   and a.membership is distinct from 'joined' and a.membership is distinct from 'banned'
                   and (a.visibility = 'public' and a.server_role <> all (hidden_from) or a.membership = 'invited'),
                   false) as is_allowed
        from asked a
    ), ordered as materialized (
        select d.*, row_number() over (partition by d.user_id, d.is_allowed order by d.number) as place
        from decided d
    ), counted as materialized (
        select o.*,
               o.is_allowed and max_rooms is not null
               -- The first count is an upper limit, and cheaper.
               and o.place + (select count(*) from member m where m.user_id = o.user_id) > max_rooms
               and o.place + (
                   select count(*)
                   from member m
                   join room r on r.room_id = m.room_id
                   where m.user_id = o.user_id and m.membership = 'joined' and r.visibility <> 'direct'
               ) > max_rooms as is_full
        from ordered o
    ), placed as materialized (
        select c.*, c.is_allowed and not c.is_full as is_stored,
               c.head + row_number() over of_room as seq,
               coalesce(lag(c.stamp) over of_room, c.head_stamp) as previous,
               lead(c.stamp) over of_room is null as is_last
        from counted c
        window of_room as (partition by c.room_id, c.is_allowed and not c.is_full order by c.number)
    ), added as (
        insert into member (room_id, user_id, membership, role, read_seq)
        select p.room_id, p.user_id, 'joined', 'member', p.seq - 1
        from placed p
        where p.is_stored
        on conflict (room_id, user_id) do update
        set membership = excluded.membership, role = excluded.role, read_seq = excluded.read_seq, invited_by = null
    ), advanced as (
        update room r
        set head = p.seq, head_stamp = p.stamp, logged = pg_current_xact_id()
        from placed p
        where p.is_stored and p.is_last and r.room_id = p.room_id
    ), noted as (
        insert into commit_log (rooms)
        select array_agg(p.room_id) from placed p where p.is_stored and p.is_last having count(*) > 0
    ), stored as (
        insert into event (room_id, seq, stamp, previous, at, sender, kind, subject, text)
        select p.room_id, p.seq, p.stamp, p.previous, now_ms, p.user_id, 'membership', p.user_id, 'joined'
        from placed p
        where p.is_stored
    )
    select p.visibility, p.archived, p.membership, p.role, p.muted, p.server_role, p.is_locked, p.is_full,
           case when p.is_stored then p.seq end, p.previous, now_ms
    from placed p
    order by p.number;
end
$$;

-- Search index. The transactions that append do not write it, because that would cost each of them more than the append itself.
-- An indexer follows the rooms instead, so the index may be a moment behind.
--
-- Progress of the indexer in each room. The indexer of a room holds the lock of its row, and moves the row in one transaction with
-- the entries: each event is indexed once. last_at is the time of the room's newest entry; a search reads rooms in that order. The
-- free space keeps the updates heap-only.
create table search_progress (
    room_id text collate "C" primary key,
    room_no integer not null unique generated always as identity,
    indexed bigint not null default 0,
    last_at timestamptz not null default '-infinity'
) with (fillfactor = 50);

-- Entries: one row for each message that is not deleted. Each lexeme begins with the room's number in hexadecimal: '5:word' with
-- its positions, and without positions '5@sender', '5#link' for a message with a link, and '5#pinned' for a pinned one. So a word
-- has one posting list for each room, and the cost of a search depends only on the rooms of its user. Its duration, which the user
-- can measure, tells nothing about other rooms.
create table search_entry (
    room_no integer not null,
    at      timestamptz not null,
    seq     bigint not null,
    terms   tsvector not null,
    primary key (room_no, at, seq)
);

-- No list of pending entries (fastupdate): every index scan would read all of it, and a search has a scan for each room.
create index search_entry_terms on search_entry using gin (terms) with (fastupdate = off);

-- Newest matching entries of the caller's rooms, by the index on terms: for rare words. Costs an index scan for each room, and a
-- read of every match.
--
-- template is a tsquery with ~ for the room's number. Entries are from [from_at, until_at) and follow the place
-- (before_at, before_room, before_seq) in the order newest first. only_rooms may be null, for all rooms.
create function search_rare(
    caller text, only_rooms text[], template text, from_at timestamptz, until_at timestamptz,
    before_at timestamptz, before_room integer, before_seq bigint, page integer)
returns table (room_no integer, at timestamptz, seq bigint)
language sql stable rows 50
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
    with found as materialized (
        select p.room_no, e.at, e.seq
        from member m
        join search_progress p on p.room_id = m.room_id
        cross join lateral (
            select x.at, x.seq
            from search_entry x
            where x.terms @@ replace(template, '~', to_hex(p.room_no))::tsquery
            offset 0
        ) e
        where m.user_id = caller and m.membership = 'joined' and (only_rooms is null or m.room_id = any (only_rooms))
    )
    select f.room_no, f.at, f.seq
    from found f
    where f.at >= from_at and f.at < until_at and (f.at, f.room_no, f.seq) < (before_at, before_room, before_seq)
    order by f.at desc, f.room_no desc, f.seq desc
    limit page
$$;

-- Newest matching entries of the caller's rooms, with the parameters of search_rare.
--
-- Reads the newest entries, room by room: for common words, for short times, and for filters that no index can answer. The room
-- with the latest entry comes first; once there is a page of hits, another room is read only as far as it has entries newer than
-- the last hit. After budget entries it calls search_rare: words that have not filled a page by then are rare among the newest
-- entries. A negative budget has no limit.
create function search_newest(
    caller text, only_rooms text[], template text, from_at timestamptz, until_at timestamptz,
    before_at timestamptz, before_room integer, before_seq bigint, page integer, budget integer)
returns table (room_no integer, at timestamptz, seq bigint)
language plpgsql stable rows 50
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
#variable_conflict use_column
declare
    room     record;
    wanted   tsquery;
    past_seq bigint;
    floor_at timestamptz := from_at;
    span     integer := case when budget < 0 then 2147483647 else budget end;
    hits     integer;
    examined integer;
    new_ats  timestamptz[];
    new_seqs bigint[];
    rooms    integer[] := '{}';
    ats      timestamptz[] := '{}';
    seqs     bigint[] := '{}';
begin
    for room in
        select p.room_no as no, p.last_at
        from member m
        join search_progress p on p.room_id = m.room_id
        where m.user_id = caller and m.membership = 'joined'
          and (only_rooms is null or m.room_id = any (only_rooms))
          and p.last_at >= from_at
        order by p.last_at desc, p.room_no desc
    loop
        exit when room.last_at < floor_at;
        wanted := replace(template, '~', to_hex(room.no))::tsquery;
        -- Among entries of the same moment, lower room numbers come later, and so do lower seqs.
        past_seq := case
            when room.no < before_room then 9223372036854775807
            when room.no = before_room then before_seq
            else 0
        end;

        select count(*), max(f.number), array_agg(f.at), array_agg(f.seq)
        into hits, examined, new_ats, new_seqs
        from (
            select n.at, n.seq, n.number
            from (
                select e.at, e.seq, e.terms, row_number() over () as number
                from (
                    select x.at, x.seq, x.terms
                    from search_entry x
                    where x.room_no = room.no and x.at >= floor_at and x.at < until_at
                      and (x.at, x.seq) < (before_at, past_seq)
                    order by x.at desc, x.seq desc
                    limit span
                ) e
            ) n
            where n.terms @@ wanted
            limit page
        ) f;

        if hits < page then
            select count(*) into examined
            from (
                select from search_entry x
                where x.room_no = room.no and x.at >= floor_at and x.at < until_at
                  and (x.at, x.seq) < (before_at, past_seq)
                order by x.at desc, x.seq desc
                limit span
            ) e;
        end if;
        if hits > 0 then
            select array_agg(u.room_no), array_agg(u.at), array_agg(u.seq)
            into rooms, ats, seqs
            from (
                select a.room_no, a.at, a.seq
                from (
                    select o.* from unnest(rooms, ats, seqs) as o (room_no, at, seq)
                    union all
                    select room.no, n.at, n.seq from unnest(new_ats, new_seqs) as n (at, seq)
                ) a
                order by a.at desc, a.room_no desc, a.seq desc
                limit page
            ) u;
        end if;
        if budget >= 0 then
            span := span - examined;
            if span <= 0 then
                return query
                select r.room_no, r.at, r.seq
                from search_rare(
                    caller, only_rooms, template, from_at, until_at, before_at, before_room, before_seq, page) r;
                return;
            end if;
        end if;
        if cardinality(ats) = page then
            floor_at := ats[page];
        end if;
    end loop;

    return query select u.room_no, u.at, u.seq from unnest(rooms, ats, seqs) as u (room_no, at, seq);
end
$$;

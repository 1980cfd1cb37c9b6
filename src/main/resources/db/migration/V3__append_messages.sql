-- Appends a batch of messages, each to its room: one call, one transaction, one commit.
--
-- The arrays are of one length, an element a message; no (sender, client id) stands twice in a batch. Answers a row a
-- message, in the order given:
--   stored      with its new seq
--   duplicate   the sender stored the same message under this id before: its first seq
--   conflict    the sender used this id for another message
--   not_member  the sender is not a member of the room, or there is no such room
--
-- The rooms' rows are locked first, in id order, so that two batches never wait for each other in a circle. The second
-- statement has a snapshot of its own, taken when the locks are held: it sees every commit that came before. A race of
-- one client id in two rooms fails the batch with a unique violation, and the caller sends the batch again.
--
-- Planned once for any batch, by index only: estimates of array lengths would lead to scans that grow with the square.
create function append_messages(rooms text[], senders text[], client_ids text[], texts text[])
returns table (outcome text, seq bigint, at timestamptz)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    now_ms timestamptz;
begin
    perform from room where room_id = any (rooms) order by room_id for no key update;
    now_ms := date_trunc('milliseconds', clock_timestamp());

    return query
    with input as materialized (
        select i.ordinal, i.room_id, i.sender, i.client_id, i.text,
               prior.seq as prior_seq, prior.at as prior_at, prior.same,
               exists (select from member m where m.room_id = i.room_id and m.user_id = i.sender) as allowed
        from unnest(rooms, senders, client_ids, texts)
             with ordinality as i (room_id, sender, client_id, text, ordinal)
        left join lateral (
            select e.seq, e.at, e.room_id = i.room_id and e.kind = 'message' and e.text = i.text as same
            from event e
            where e.sender = i.sender and e.client_id = i.client_id
            limit 1
        ) prior on true
    ),
    fresh as materialized (
        select i.ordinal, i.room_id, i.sender, i.client_id, i.text,
               (select r.head from room r where r.room_id = i.room_id)
               + row_number() over (partition by i.room_id order by i.ordinal) as seq
        from input i
        where i.prior_seq is null and i.allowed
    ),
    inserted as (
        insert into event (room_id, seq, at, sender, kind, client_id, text)
        select f.room_id, f.seq, now_ms, f.sender, 'message', f.client_id, f.text
        from fresh f
        order by f.room_id, f.seq
    ),
    advanced as (
        update room r
        set head = f.head
        from (select room_id, max(seq) as head from fresh group by room_id) f
        where r.room_id = f.room_id
    )
    select answer.outcome, answer.seq, answer.at
    from (
        select i.ordinal,
               case when not i.same then 'conflict' when i.same then 'duplicate' else 'not_member' end as outcome,
               case when i.same then i.prior_seq end as seq,
               case when i.same then i.prior_at end as at
        from input i
        where i.prior_seq is not null or not i.allowed
        union all
        select f.ordinal, 'stored', f.seq, now_ms
        from fresh f
    ) answer
    order by answer.ordinal;
end
$$;

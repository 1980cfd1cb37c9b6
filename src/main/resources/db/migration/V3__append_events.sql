-- Appends a batch of what members say and do with messages, each to its room: one call, one transaction, one commit.
--
-- The arrays are of one length, an element an event: kinds are those that members post; to_rooms says of a
-- reply whether the room shows it too, and is null of all else; bodies are JSON of the fields without a column; names are the ids
-- that a text names, joined by commas: the first 50 members among them become its mentions. A sender whose role ranks below
-- own_rank, or below other_rank when the target is another's message, is refused; owner is 3, admin 2, member 1, and quiet
-- events are what a muted member may still do. No (room, sender, client id) stands twice in a batch, and no target that is edited, deleted,
-- reacted to or pinned. target_stamps are null where the sender named its target by the seq alone. Answers a row an event, in
-- the order given:
--   stored      with its new seq and stamp, the stamp of the event before it, the thread of a reply, and its mentions
--   duplicate   the sender stored the same event under this id in this room before: its first seq and stamp
--   conflict    the sender used this id for another event of this room
--   not_member, archived, muted
--   locked      nothing was stored: another transaction holds the room's row
--   other_target  the target's stamp is another one, or there is no event with this seq: the history that the sender knew
--                 is not the room's. It comes before all that tells anything of the target, and after not_member, so that
--                 nobody learns of a room that is hidden from them.
--   no_target, forbidden, full
--   no_poll     a vote for, or the end of, a message that is no poll
--   no_option   the poll has no such option, or takes one option from each member
--   closed      the poll is closed
--
-- The rooms' rows are locked first. With wait_ms 0 a row that another transaction holds is passed over, so that one locked
-- room delays no other room of the batch; otherwise the call waits so long for each lock, of which a row that others wait
-- for takes two, and then fails with lock_not_available. Locks are taken in id order, so that two batches never wait for each other in a circle. The second
-- statement has a snapshot of its own, taken when the locks are held: it sees every commit that came before, and so every used
-- client id of these rooms.
--
-- Planned once for any batch, by index only: estimates of array lengths would lead to scans that grow with the square.
create function append_events(
    rooms text[], senders text[], kinds text[], client_ids text[], targets bigint[], target_stamps bigint[],
    texts text[], to_rooms boolean[], removals boolean[], bodies text[], names text[],
    own_ranks integer[], other_ranks integer[], quiet boolean[], wait_ms integer)
returns table (
    outcome text, seq bigint, at timestamptz, thread bigint, stamp bigint, previous bigint, mentions text[])
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    max_emojis constant integer := 50;
    max_pins   constant integer := 100;
    max_named  constant integer := 50;
    max_faces  constant integer := 5;
    stamps     constant double precision := 2 ^ 48 - 1;
    now_ms     timestamptz;
    not_held   text[];
begin
    if wait_ms > 0 then
        perform set_config('lock_timeout', wait_ms::text, true);
        with held as materialized (
            select r.room_id from room r where r.room_id = any (rooms) order by r.room_id for no key update
        )
        select array_agg(m.room_id) into not_held
        from (select unnest(rooms) as room_id except select h.room_id from held h) m;
    else
        with held as materialized (
            select r.room_id from room r where r.room_id = any (rooms) order by r.room_id for no key update skip locked
        )
        select array_agg(m.room_id) into not_held
        from (select unnest(rooms) as room_id except select h.room_id from held h) m;
    end if;
    now_ms := date_trunc('milliseconds', clock_timestamp());

    return query
    with input as materialized (
        select i.*, prior.seq as prior_seq, prior.at as prior_at, prior.thread as prior_thread,
               prior.stamp as prior_stamp, prior.previous as prior_previous,
               1 + floor(random() * stamps)::bigint as stamp,
               case when i.kind = 'message' then coalesce(t.thread, t.seq) end as thread,
               -- The thread of the message, or of the one that is edited.
               case i.kind when 'message' then coalesce(t.thread, t.seq) when 'edit' then t.thread end as in_thread,
               -- The same where the thread alone shows it.
               case when i.kind = 'message' and not i.to_room then coalesce(t.thread, t.seq)
                    when i.kind = 'edit' and not t.to_room then t.thread
               end as thread_alone,
               case
                   when prior.same then 'duplicate'
                   when prior.seq is not null then 'conflict'
                   when m.rank is null then 'not_member'
                   when i.room_id = any (not_held) then 'locked'
                   when (select r.archived from room r where r.room_id = i.room_id) then 'archived'
                   when m.muted and not i.quiet then 'muted'
                   when i.target is null then 'stored'
                   when i.target_stamp is not null and i.target_stamp is distinct from t.stamp then 'other_target'
                   when t.is_message is not true then 'no_target'
                   when m.rank < case when t.sender = i.sender then i.own_rank else i.other_rank end then 'forbidden'
                   when i.kind = 'reaction' and not i.removed
                        and (select count(distinct x.emoji) from reaction x
                             where x.room_id = i.room_id and x.target = i.target and x.emoji <> i.text) >= max_emojis
                       then 'full'
                   when i.kind = 'pin' and not i.removed
                        and (select count(*) from message_state x
                             where x.room_id = i.room_id and x.pin_seq > 0 and x.seq <> i.target) >= max_pins
                       then 'full'
                   when i.kind in ('vote', 'close') and t.body is null then 'no_poll'
                   when i.kind in ('vote', 'close')
                        and (select x.closed_seq from message_state x where x.room_id = i.room_id and x.seq = i.target)
                            is not null
                       then 'closed'
                   when i.kind = 'vote'
                        and (not t.body -> 'options' @> coalesce(i.body -> 'options', '[]')
                             or t.body -> 'multiple' is null and jsonb_array_length(i.body -> 'options') > 1)
                       then 'no_option'
                   else 'stored'
               end as outcome
        from (
            select u.room_id, u.sender, u.kind, u.client_id, u.target, u.target_stamp, u.text, u.to_room, u.removed,
                   u.body::jsonb as body, u.names, u.own_rank, u.other_rank, u.quiet, u.ordinal
            from unnest(rooms, senders, kinds, client_ids, targets, target_stamps, texts, to_rooms, removals, bodies, names,
                        own_ranks, other_ranks, quiet)
                 with ordinality as u (room_id, sender, kind, client_id, target, target_stamp, text, to_room, removed, body,
                                       names, own_rank, other_rank, quiet, ordinal)
        ) i
        left join lateral (
            select e.seq, e.at, e.thread, e.stamp, e.previous,
                   e.kind = i.kind and e.target is not distinct from i.target
                   and e.removed is not distinct from i.removed and e.to_room is not distinct from i.to_room
                   -- The text and the poll of what was deleted are gone; its id is enough then.
                   and (e.text is null and e.kind in ('message', 'edit')
                        or e.text is not distinct from i.text and e.body is not distinct from i.body) as same
            from event e
            where e.room_id = i.room_id and e.sender = i.sender and e.client_id = i.client_id
            limit 1
        ) prior on true
        left join lateral (
            select case m.role when 'owner' then 3 when 'admin' then 2 else 1 end as rank, m.muted
            from member m
            where m.room_id = i.room_id and m.user_id = i.sender and m.membership = 'joined'
        ) m on true
        left join lateral (
            select e.seq, e.stamp, e.sender, e.thread, e.to_room, e.body, e.kind = 'message' and e.text is not null as is_message
            from event e
            where e.room_id = i.room_id and e.seq = i.target
        ) t on true
    ),
    fresh as materialized (
        select i.*,
               (select r.head from room r where r.room_id = i.room_id)
               + row_number() over of_room as seq,
               coalesce(lag(i.stamp) over of_room,
                        (select r.head_stamp from room r where r.room_id = i.room_id)) as previous,
               case when i.names is not null then (
                   select array_agg(n.user_id order by n.place)
                   from (
                       select u.user_id, u.place
                       from unnest(string_to_array(i.names, ',')) with ordinality as u (user_id, place)
                       join member m on m.room_id = i.room_id and m.user_id = u.user_id and m.membership = 'joined'
                       order by u.place
                       limit max_named
                   ) n
               ) end as mentions
        from input i
        where i.outcome = 'stored'
        window of_room as (partition by i.room_id order by i.ordinal)
    ),
    inserted as (
        insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, target, thread, to_room, removed,
                           text, mentions, body)
        select f.room_id, f.seq, f.stamp, f.previous, now_ms, f.sender, f.kind, f.client_id, f.target, f.thread, f.to_room,
               f.removed, f.text, f.mentions, f.body
        from fresh f
        order by f.room_id, f.seq
    ),
    advanced as (
        update room r
        set head = f.seq, head_stamp = f.stamp, logged = pg_current_xact_id(),
            message_seq = coalesce(f.message_seq, r.message_seq),
            message_at = case when f.message_seq is null then r.message_at else now_ms end
        from (
            select distinct on (room_id) room_id, seq, stamp,
                   max(seq) filter (where kind = 'message' and (thread is null or to_room))
                       over (partition by room_id) as message_seq
            from fresh
            order by room_id, seq desc
        ) f
        where r.room_id = f.room_id
    ),
    logged as (
        insert into commit_log (rooms)
        select array_agg(distinct f.room_id) from fresh f having count(*) > 0
    ),
    erased as (
        update event e
        set text = null, mentions = null, body = null
        from fresh f
        where f.kind = 'delete' and e.room_id = f.room_id and e.seq = f.target
    ),
    erased_edits as (
        update event e
        set text = null, mentions = null
        from fresh f
        where f.kind = 'delete' and e.room_id = f.room_id and e.target = f.target and e.kind = 'edit'
    ),
    changed as (
        insert into message_state as s (room_id, seq, edit_seq, pin_seq, closed_seq, replies, last_reply, repliers)
        select c.room_id, c.seq, max(c.edit_seq), max(c.pin_seq), max(c.closed_seq), sum(c.replies), max(c.last_reply),
               first_users(array_agg(c.replier order by c.last_reply desc) filter (where c.replier is not null), max_faces)
        from (
            select f.room_id, f.target as seq,
                   case when f.kind = 'edit' then f.seq end as edit_seq,
                   case when f.kind = 'delete' or f.removed and f.kind = 'pin' then 0
                        when f.kind = 'pin' then f.seq
                   end as pin_seq,
                   case when f.kind = 'close' then f.seq end as closed_seq,
                   0 as replies,
                   null::bigint as last_reply,
                   null::text as replier
            from fresh f
            where f.kind <> 'message'
            union all
            select f.room_id, f.thread, null, null, null, 1, f.seq, f.sender
            from fresh f
            where f.thread is not null
        ) c
        group by c.room_id, c.seq
        on conflict (room_id, seq) do update
        set edit_seq = coalesce(excluded.edit_seq, s.edit_seq),
            pin_seq = coalesce(excluded.pin_seq, s.pin_seq),
            closed_seq = coalesce(excluded.closed_seq, s.closed_seq),
            replies = s.replies + excluded.replies,
            last_reply = greatest(s.last_reply, excluded.last_reply),
            repliers = case when excluded.repliers is null then s.repliers
                            else first_users(excluded.repliers || s.repliers, max_faces)
                       end
    ),
    reacted as (
        insert into reaction (room_id, target, emoji, user_id, seq)
        select f.room_id, f.target, f.text, f.sender, f.seq
        from fresh f
        where f.kind = 'reaction' and not f.removed
        on conflict do nothing
    ),
    unreacted as (
        delete from reaction x
        using fresh f
        where x.room_id = f.room_id and x.target = f.target
          and (f.kind = 'delete' or f.kind = 'reaction' and f.removed and x.emoji = f.text and x.user_id = f.sender)
    ),
    voted as (
        insert into vote (room_id, target, option, user_id, seq)
        select f.room_id, f.target, o.option, f.sender, f.seq
        from fresh f
        cross join lateral jsonb_array_elements_text(f.body -> 'options') o (option)
        where f.kind = 'vote'
        on conflict do nothing
    ),
    unvoted as (
        delete from vote x
        using fresh f
        where x.room_id = f.room_id and x.target = f.target
          and (f.kind = 'delete'
               or f.kind = 'vote' and x.user_id = f.sender
                  and not coalesce(f.body -> 'options' @> to_jsonb(x.option), false))
    ),
    mentioned as (
        insert into mention (user_id, room_id, seq, named, thread)
        select u.user_id, f.room_id, case f.kind when 'edit' then f.target else f.seq end, f.seq, f.thread_alone
        from fresh f
        cross join unnest(f.mentions) as u (user_id)
        where u.user_id <> f.sender
        on conflict do nothing
    ),
    -- Those who follow the threads from now on: who replies has read what it saw, who is mentioned has not read from there on,
    -- and who began the thread has read nothing of it. Only those are kept of whom something changes.
    followed as (
        insert into thread_follow as t (user_id, room_id, thread, following, read_seq, followed_at)
        select w.user_id, w.room_id, w.thread, true,
               case when w.replied is not null then greatest(w.replied, k.read_seq)
                    when w.called is not null then greatest(w.called, k.read_seq)
                    else w.thread
               end,
               case when k.following then k.followed_at else now_ms end
        from (
            select x.user_id, x.room_id, x.thread, max(x.replied) as replied, min(x.called) as called
            from (
                select f.sender as user_id, f.room_id, f.thread, f.seq as replied, null::bigint as called
                from fresh f
                where f.thread is not null
                union all
                select u.user_id, f.room_id, f.in_thread, null, case f.kind when 'edit' then f.target else f.seq end - 1
                from fresh f
                cross join unnest(f.mentions) as u (user_id)
                where f.in_thread is not null and u.user_id <> f.sender
                      and not exists (
                          select from mention n
                          where f.kind = 'edit' and n.room_id = f.room_id and n.seq = f.target and n.user_id = u.user_id
                      )
                union all
                select r.sender, f.room_id, f.thread, null, null
                from fresh f
                cross join lateral (
                    select e.sender from event e where e.room_id = f.room_id and e.seq = f.thread offset 0
                ) r
                where f.thread is not null
            ) x
            group by x.user_id, x.room_id, x.thread
        ) w
        left join lateral (
            select k.following, k.read_seq, k.followed_at
            from thread_follow k
            where k.user_id = w.user_id and k.room_id = w.room_id and k.thread = w.thread
            offset 0
        ) k on true
        where k.following is null or w.replied is not null or w.called is not null and not k.following
        order by w.user_id, w.room_id, w.thread
        on conflict (user_id, room_id, thread) do update
        set following = true, read_seq = greatest(t.read_seq, excluded.read_seq), followed_at = excluded.followed_at
    ),
    unmentioned as (
        delete from mention x
        using fresh f
        where x.room_id = f.room_id and x.seq = f.target and f.kind in ('edit', 'delete')
          and (f.mentions is null or x.user_id <> all (f.mentions))
    )
    select answer.outcome, answer.seq, answer.at, answer.thread, answer.stamp, answer.previous, answer.mentions
    from (
        select i.ordinal, i.outcome,
               case when i.outcome = 'duplicate' then i.prior_seq end as seq,
               case when i.outcome = 'duplicate' then i.prior_at end as at,
               case when i.outcome = 'duplicate' then i.prior_thread end as thread,
               case when i.outcome = 'duplicate' then i.prior_stamp end as stamp,
               case when i.outcome = 'duplicate' then i.prior_previous end as previous,
               null::text[] as mentions
        from input i
        where i.outcome <> 'stored'
        union all
        select f.ordinal, 'stored', f.seq, now_ms, f.thread, f.stamp, f.previous, f.mentions
        from fresh f
    ) answer
    order by answer.ordinal;
end
$$;

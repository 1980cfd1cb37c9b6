-- Appends plain messages, which answer nothing and name nobody, each to its room: one call, one transaction, one commit.
-- Most batches are all plain. append_events can store them too and decides alike, but its statements for edits, reactions
-- and threads cost several times the insert of a message, even when they find nothing to do.
--
-- rooms are the rooms of the batch, each once, in the order of their ids; counts and last_stamps are the number of messages
-- of each and the stamp of its last. The other arrays have an element a message: the number of its room, its place among
-- the messages of its room, its sender, client id, text and stamp, and the stamp of the message before it in its room, null
-- for the first. poster_rooms and posters are the pairs of room number and sender in the batch, each once. No (room, sender,
-- client id) stands twice in a batch. The caller makes the stamps, random numbers of 48 bits.
--
-- Answers null, and has stored nothing, when a message is not to be stored: its sender is no member or muted, its room is
-- archived, or its sender used the client id there before. The caller then sends the batch to append_events, which says which.
-- The unique index finds used ids of several messages, in a subtransaction, for a look at each id would cost a quarter of
-- the batch. It leaves dead rows behind, so the caller sets look_up when ids are likely to come again.
--
-- Otherwise answers the time in milliseconds, the heads of all rooms before the batch, and the stamps of these heads. The
-- head of a room whose row another transaction holds is null, and its messages are not stored.
--
-- Locks, their order and wait_ms are as in append_events. The statement after the locks has a
-- snapshot of its own, so it sees every membership and message that was committed before. Plans are expected to be made
-- once, by the settings of the connection: a plan for each call costs more than the call.
create function append_messages(
    rooms text[], counts integer[], last_stamps bigint[], room_numbers integer[], places integer[], senders text[],
    client_ids text[], texts text[], stamps bigint[], previous_stamps bigint[], poster_rooms integer[], posters text[],
    look_up boolean, wait_ms integer)
returns bigint[]
language plpgsql
as $$
#variable_conflict use_column
declare
    is_single   constant boolean := cardinality(client_ids) = 1;
    is_one_room constant boolean := cardinality(rooms) = 1;
    now_ms      timestamptz;
    held        text[];
    heads       bigint[];
    head_stamps bigint[];
    first_head  bigint;
    first_stamp bigint;
    is_archived boolean;
begin
    if wait_ms > 0 then
        perform set_config('lock_timeout', wait_ms::text, true);
    end if;

    -- One room, and one message, have statements without arrays, which cost a single message half as much.
    if is_one_room then
        if wait_ms > 0 then
            select r.head, r.head_stamp, r.archived into first_head, first_stamp, is_archived
            from room r where r.room_id = rooms[1] for no key update;
        else
            select r.head, r.head_stamp, r.archived into first_head, first_stamp, is_archived
            from room r where r.room_id = rooms[1] for no key update skip locked;
        end if;
        heads := array[first_head];
        head_stamps := array[first_stamp];
        if first_head is not null then
            held := rooms;
        end if;
    else
        if wait_ms > 0 then
            select array_agg(h.room_id), array_agg(h.head), array_agg(h.head_stamp), bool_or(h.archived)
            into held, heads, head_stamps, is_archived
            from (
                select r.room_id, r.head, r.head_stamp, r.archived
                from room r where r.room_id = any (rooms) order by r.room_id for no key update
            ) h;
        else
            select array_agg(h.room_id), array_agg(h.head), array_agg(h.head_stamp), bool_or(h.archived)
            into held, heads, head_stamps, is_archived
            from (
                select r.room_id, r.head, r.head_stamp, r.archived
                from room r where r.room_id = any (rooms) order by r.room_id for no key update skip locked
            ) h;
        end if;
        if held is distinct from rooms then
            select array_agg(h.head order by u.number), array_agg(h.head_stamp order by u.number)
            into heads, head_stamps
            from unnest(rooms) with ordinality as u (room_id, number)
            left join unnest(held, heads, head_stamps) as h (room_id, head, head_stamp) on h.room_id = u.room_id;
        end if;
    end if;
    if is_archived then
        return null;
    end if;

    if is_single then
        perform from member m
        where m.room_id = rooms[1] and m.user_id = senders[1] and m.membership = 'joined' and not m.muted
              and not exists (
                  select from event e
                  where e.room_id = rooms[1] and e.sender = senders[1] and e.client_id = client_ids[1]
              );
        if not found then
            return null;
        end if;
    elsif (
        select count(*)
        from unnest(poster_rooms, posters) as p (room_number, sender)
        join member m on m.room_id = rooms[p.room_number] and m.user_id = p.sender
        where m.membership = 'joined' and not m.muted
    ) < cardinality(posters) then
        return null;
    elsif look_up and exists (
        select from unnest(room_numbers, senders, client_ids) as i (room_number, sender, client_id)
        join event e on e.room_id = rooms[i.room_number] and e.sender = i.sender and e.client_id = i.client_id
    ) then
        return null;
    end if;

    now_ms := date_trunc('milliseconds', clock_timestamp());
    if held is not null then
        if is_single then
            insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, text)
            values (rooms[1], first_head + 1, stamps[1], first_stamp, now_ms, senders[1], 'message', client_ids[1], texts[1]);
        else
            begin
                insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, text)
                select rooms[i.room_number], heads[i.room_number] + i.place, i.stamp,
                       coalesce(i.previous, head_stamps[i.room_number]), now_ms, i.sender, 'message', i.client_id, i.text
                from unnest(room_numbers, places, stamps, previous_stamps, senders, client_ids, texts)
                     as i (room_number, place, stamp, previous, sender, client_id, text)
                where heads[i.room_number] is not null;
            exception when unique_violation then
                return null;
            end;
        end if;
        if is_one_room then
            update room r
            set head = first_head + counts[1], head_stamp = last_stamps[1], message_seq = first_head + counts[1],
                message_at = now_ms, logged = pg_current_xact_id()
            where r.room_id = rooms[1];
        else
            update room r
            set head = u.head + u.count, head_stamp = u.stamp, message_seq = u.head + u.count, message_at = now_ms,
                logged = pg_current_xact_id()
            from unnest(rooms, heads, counts, last_stamps) as u (room_id, head, count, stamp)
            where r.room_id = u.room_id and u.head is not null;
        end if;
        insert into commit_log (rooms) values (held);
    end if;
    return array[round(date_part('epoch', now_ms) * 1000)::bigint] || heads || head_stamps;
end
$$;

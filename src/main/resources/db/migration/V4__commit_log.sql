-- Changes of each transaction. A node polls them for what the bus may have lost, at a cost that does not depend on the number of
-- rooms, users and sessions. Rows of the last minutes are kept; every node prunes.
--
-- Transactions do not commit in the order of their ids. A reader keeps its snapshot, and next time asks for the rows of
-- transactions that were open then or began later: it gets each once and misses none, however long another transaction is open.
--
--   rooms     rooms whose heads moved
--   member_*  arrays of one length, an element a member, for the user's own connections. A number in read_seqs: the read marker
--             moved there, in the turn of read_turns. None: the membership changed.
--   thread_*  three arrays of one length, an element a user and a thread whose state for the user changed: whether the user
--             follows it, or how far it is read
--   saved_*   three arrays of one length, an element a user and a message that the user saved or removed from its list
--   preference_*  two arrays of one length, an element for each changed row of preferences; the room is null where they are
--             for the list of all rooms
--   sessions  that were ended, so that no node need ask for each of its clients who comes back or stays
--
-- Triggers write it. A trigger with a transition table costs ten times the insert, for Postgres analyses and plans its
-- query of that table anew at each call, also when no row changed. So only changes of many rows at once have one, which
-- plans no more than a scan; all other triggers are for each row.
create table commit_log (
    xid              xid8 not null default pg_current_xact_id(),
    rooms            text[],
    member_rooms     text[],
    member_users     text[],
    read_seqs        bigint[],
    preference_rooms text[],
    preference_users text[],
    read_turns       integer[],
    thread_rooms     text[],
    thread_users     text[],
    threads          bigint[],
    saved_rooms      text[],
    saved_users      text[],
    saved_seqs       bigint[],
    sessions         uuid[]
);

create index commit_log_xid on commit_log (xid);

-- Snapshot whose transactions are pruned from the log, in one row. A reader compares it with its own snapshot to know whether the
-- log goes back that far.
create table commit_log_pruned (snapshot pg_snapshot not null);

insert into commit_log_pruned select pg_current_snapshot();

create function log_room() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (rooms) values (array[new.room_id]);
    return null;
end
$$;

-- Every event of a room moves its head, so none can be forgotten here. Statements that append to many rooms write one row
-- for all of them, and name their transaction in the rooms' rows.
create trigger room_changed after update on room
for each row when (new.logged is distinct from pg_current_xact_id())
execute function log_room();

create function log_standings() returns trigger
language plpgsql
as $$
declare
    rooms text[];
    users text[];
begin
    select array_agg(c.room_id), array_agg(c.user_id) into rooms, users from changed c;
    if rooms is not null then
        insert into commit_log (member_rooms, member_users, read_seqs)
        values (rooms, users, array_fill(null::bigint, array[cardinality(rooms)]));
    end if;
    return null;
end
$$;

create function log_members() returns trigger
language plpgsql
as $$
declare
    rooms text[];
    users text[];
    seqs  bigint[];
    turns integer[];
begin
    select array_agg(a.room_id), array_agg(a.user_id),
           array_agg(case when (a.membership, a.role, a.muted) = (b.membership, b.role, b.muted) then a.read_seq end),
           array_agg(a.read_turn)
    into rooms, users, seqs, turns
    from after a
    join before b on b.room_id = a.room_id and b.user_id = a.user_id;
    if rooms is not null then
        insert into commit_log (member_rooms, member_users, read_seqs, read_turns) values (rooms, users, seqs, turns);
    end if;
    return null;
end
$$;

create trigger member_added after insert on member
referencing new table as changed
for each statement execute function log_standings();

create trigger member_removed after delete on member
referencing old table as changed
for each statement execute function log_standings();

create trigger member_changed after update on member
referencing old table as before new table as after
for each statement execute function log_members();

create function log_room_preferences() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (preference_rooms, preference_users)
    values (array[new.room_id], array[new.user_id]);
    return null;
end
$$;

create trigger room_preference_added after insert on room_preference
for each row execute function log_room_preferences();

create trigger room_preference_changed after update on room_preference
for each row execute function log_room_preferences();

create function log_user_preferences() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (preference_rooms, preference_users)
    values (array[null::text], array[new.user_id]);
    return null;
end
$$;

create trigger user_preference_added after insert on user_preference
for each row execute function log_user_preferences();

create trigger user_preference_changed after update on user_preference
for each row execute function log_user_preferences();

create function log_threads() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (thread_rooms, thread_users, threads)
    values (array[new.room_id], array[new.user_id], array[new.thread]);
    return null;
end
$$;

create trigger thread_followed after insert on thread_follow
for each row execute function log_threads();

create trigger thread_changed after update on thread_follow
for each row execute function log_threads();

create function log_saved() returns trigger
language plpgsql
as $$
declare
    changed constant saved := coalesce(new, old);
begin
    insert into commit_log (saved_rooms, saved_users, saved_seqs)
    values (array[changed.room_id], array[changed.user_id], array[changed.seq]);
    return null;
end
$$;

create trigger saved_added after insert on saved
for each row execute function log_saved();

create trigger saved_removed after delete on saved
for each row execute function log_saved();

create function log_revocation() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (sessions) values (array[new.session_id]);
    return null;
end
$$;

create trigger session_revoked after update on session
for each row when (old.revoked_at is null and new.revoked_at is not null)
execute function log_revocation();

-- Who invited a user, for as long as the invitation stands.
alter table member add column invited_by text collate "C";

-- What each transaction changed of single members, for the user's own connections: three arrays of one length, an element
-- a member. Where read_seqs has a number, the read marker moved there; where it has none, the standing changed.
alter table commit_log
    add column member_rooms text[] not null default '{}',
    add column member_users text[] not null default '{}',
    add column read_seqs    bigint[] not null default '{}';

-- With no row at all a reader could not know that nothing was pruned.
insert into commit_log (rooms) values ('{}');

create function log_standings() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (rooms, member_rooms, member_users, read_seqs)
    select '{}', array_agg(c.room_id), array_agg(c.user_id), array_agg(null::bigint)
    from changed c
    having count(*) > 0;
    return null;
end
$$;

create function log_members() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (rooms, member_rooms, member_users, read_seqs)
    select '{}', array_agg(a.room_id), array_agg(a.user_id),
           array_agg(case when (a.membership, a.role, a.muted) = (b.membership, b.role, b.muted) then a.read_seq end)
    from after a
    join before b on b.room_id = a.room_id and b.user_id = a.user_id
    having count(*) > 0;
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

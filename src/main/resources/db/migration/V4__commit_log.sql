-- Which rooms each transaction changed, so that a node can ask on a short period what it may have missed, at a cost that
-- does not depend on how many rooms there are. Rows of the last minutes are kept; every node prunes.
--
-- Commits are not in the order of their ids. A reader notes the xmin of its snapshot, the lowest id still under way, and
-- asks next time for rows from that id on: it may get some again and misses none.
create table commit_log (
    xid   xid8 not null default pg_current_xact_id(),
    rooms text[] not null
);

create index commit_log_xid on commit_log (xid);

create function log_commit() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (rooms) select array_agg(c.room_id) from changed c having count(*) > 0;
    return null;
end
$$;

-- Every event of a room moves its head, so none can be forgotten here.
create trigger room_changed after update on room
referencing new table as changed
for each statement execute function log_commit();

-- Sessions that were ended, so that every node hears of it with its look at what has changed, and need not ask for each of
-- its clients who comes back or stays.
alter table commit_log add column sessions uuid[] not null default '{}';

create function log_revocation() returns trigger
language plpgsql
as $$
begin
    insert into commit_log (rooms, sessions) values ('{}', array[new.session_id]);
    return null;
end
$$;

create trigger session_revoked after update on session
for each row when (old.revoked_at is null and new.revoked_at is not null)
execute function log_revocation();

-- For a node that has just been started, or has slept for longer than the log goes back.
create index session_by_revocation on session (revoked_at) where revoked_at is not null;

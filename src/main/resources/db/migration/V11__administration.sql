-- Rooms of invites that outlive a node, a filter for the audit trail, and log-ins in it. docs/decisions/0026-identity.md has the reasons.

-- Rooms that a new account still has to join by its invite, written with the account. A row goes when the account is in the room or
-- the room has refused it; one that stays, because a node has died, is taken by another node, which sets at to the present.
create table invited_room (
    user_id    text collate "C" not null references account,
    room_id    text collate "C" not null,
    invited_by text collate "C",
    at         timestamptz not null default clock_timestamp(),
    attempts   integer not null default 1,
    primary key (user_id, room_id)
);

create index invited_room_at on invited_room (at);

create index audit_of_action on audit (action, audit_id desc);

-- Log-ins by account and address, right and wrong ones apart, since the last entry of the trail: further is the number of those
-- without an entry. The sweep of a node writes them as one entry when the window is over, so a flood of guesses adds two entries.
create table log_in_tally (
    user_id text collate "C" not null,
    address text collate "C" not null,
    succeeded boolean not null,
    since   timestamptz not null default clock_timestamp(),
    further bigint not null default 0,
    primary key (user_id, address, succeeded)
);

create index log_in_tally_since on log_in_tally (since);

-- Address and way of a log-in.
create function log_in_detail(known text, from_address text) returns text
language sql
immutable
return from_address || case when known = '[links]' then ', code of a link' else ', password' end;

-- Notes a log-in: the first of an account and address in the trail at once, those after it in the tally. An id without an account is
-- not kept, for people type passwords into the wrong field; of_user of codes of links is '[links]'.
create function note_log_in(of_user text, from_address text, is_right boolean) returns void
language plpgsql
as $$
declare
    known text := of_user;
    more  bigint;
begin
    if of_user <> '[links]' and not exists (select from account where user_id = of_user) then
        known := '[unknown]';
    end if;
    insert into log_in_tally as t (user_id, address, succeeded) values (known, from_address, is_right)
    on conflict (user_id, address, succeeded) do update set further = t.further + 1
    returning further into more;
    if more = 0 then
        insert into audit (actor, action, subject, detail)
        values (case when is_right then known end, case when is_right then 'log_in.done' else 'log_in.failed' end, known,
                log_in_detail(known, from_address));
    end if;
end
$$;

-- Opens a session, and notes the log-in with its address. The function without the address stays for nodes of the version before,
-- which run beside this one during an update.
create function open_session(
    new_session uuid, of_user text, proved_version integer, expires timestamptz, token_family bytea, token_digest bytea,
    from_agent text, from_address text, max_sessions integer)
returns boolean
language plpgsql
as $$
begin
    perform from account where user_id = of_user and password_version = proved_version and disabled_at is null for no key update;
    if not found then
        return false;
    end if;
    update session set revoked_at = now()
    where session_id in (
        select session_id
        from session
        where user_id = of_user and revoked_at is null and expires_at > now() and not is_token
        order by used_at desc, session_id
        offset max_sessions - 1
    );
    insert into session (session_id, user_id, expires_at, agent) values (new_session, of_user, expires, from_agent);
    insert into refresh_token (family, session_id, newest) values (token_family, new_session, token_digest);
    perform note_log_in(of_user, from_address, true);
    return true;
end
$$;

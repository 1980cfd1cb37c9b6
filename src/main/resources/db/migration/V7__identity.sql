-- Links and codes that make an account or replace a password, and the audit trail. docs/decisions/0026-identity.md explains how they
-- belong together. A link is 256 random bits, of which the database has only the SHA-256 digest: a copy of the database opens nothing.

-- Changes of server roles and of disabled accounts, and new owners, take this lock, one after the other: each then sees the owners
-- that the one before has left. It ends with the transaction.
create function lock_owners() returns void
language plpgsql
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('owners of the server', 0));
end
$$;

-- Code that makes the first owner, one at most. The first start writes it; another start replaces it once it has expired.
create table setup_code (
    only_row   boolean primary key default true check (only_row),
    token_hash bytea not null check (octet_length(token_hash) = 32),
    expires_at timestamptz not null
);

-- Invites. uses counts the accounts that it has made; rooms are those that a new account joins at once, by the invitation of made_by.
-- made_by is null for the command line.
create table invite (
    invite_id  uuid primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    role       text collate "C" not null check (role in ('administrator', 'member', 'guest')),
    rooms      text[] collate "C" not null default '{}',
    max_uses   integer not null check (max_uses > 0),
    uses       integer not null default 0 check (uses between 0 and max_uses),
    made_by    text collate "C" references account,
    made_at    timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create index invite_newest on invite (made_at desc, invite_id);
create index invite_of_maker on invite (made_by) where revoked_at is null;
create index invite_by_expiry on invite (expires_at);

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

-- Link that replaces a forgotten password, one for each account at most. Its use deletes it.
create table password_reset (
    user_id    text collate "C" primary key references account,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    expires_at timestamptz not null
);

create index password_reset_by_expiry on password_reset (expires_at);

-- Acts of administrators and uses of links, for ever. actor is null for the command line and for a person without an account;
-- subject is the id of the user, room or invite, and detail never holds a secret. No foreign key: an entry outlives what it names.
create table audit (
    audit_id bigint generated always as identity primary key,
    at       timestamptz not null default clock_timestamp(),
    actor    text collate "C",
    action   text collate "C" not null,
    subject  text collate "C" not null,
    detail   text not null default ''
);

create index audit_of_action on audit (action, audit_id desc);

-- Entries can be added and read. The application owns the table, so the triggers hold as well as the missing privileges: neither
-- goes away by a mistake or an injected statement. Another role, such as a superuser's, must remove them first.
revoke update, delete, truncate on audit from current_user;

create function refuse_audit_change() returns trigger
language plpgsql
as $$
begin
    raise exception 'the audit trail is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_unchanged before update or delete on audit
for each row execute function refuse_audit_change();

create trigger audit_kept before truncate on audit
for each statement execute function refuse_audit_change();

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

-- Address and way of a log-in.
create function log_in_detail(known text, from_address text) returns text
language sql
immutable
return from_address || case when known = '[links]' then ', code of a link' else ', password' end;

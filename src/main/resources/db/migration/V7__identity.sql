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

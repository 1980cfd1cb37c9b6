-- Ids are compared byte by byte (collation C): they are ASCII by their own rules, and it is the fastest order. folded_name
-- is the name as people type it when they look for somebody: its words without case and accents. password_version changes with
-- the password, not when the same password is hashed again at another cost: what was proved by an older version is worth nothing.
create table account (
    user_id          text collate "C" primary key,
    name             text not null,
    folded_name      text collate "C" not null default '',
    email            text,
    password_hash    text not null,
    password_version integer not null default 0,
    created_at       timestamptz not null default now()
);

create index account_folded_name on account (folded_name, user_id);

-- Skeletons of a user's id and name: two users that look alike to a reader have a look in common, and are shown with
-- their ids.
create table look (
    look    text collate "C" not null,
    user_id text collate "C" not null references account,
    primary key (look, user_id)
);

create index look_of_user on look (user_id);

-- One log-in. Revoking it ends every token and socket that came of it; agent and used_at tell its user which one it is.
create table session (
    session_id uuid primary key,
    user_id    text collate "C" not null references account,
    agent      text not null default '',
    created_at timestamptz not null default now(),
    used_at    timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create index session_of_user on session (user_id);

-- For the sweep of ended sessions.
create index session_by_expiry on session (expires_at);

-- Opens a session, and ends the least recently used ones of the user, so that no more than max_sessions are open. The lock of
-- the account's row makes two log-ins at once count each other, and a log-in wait for a change of the password that is under
-- way: false when the password is another one than the log-in has proved. Readers of the row and references to it do not wait.
create function open_session(
    new_session uuid, of_user text, proved_version integer, expires timestamptz, token_family bytea, token_digest bytea,
    from_agent text, max_sessions integer)
returns boolean
language plpgsql
as $$
begin
    perform from account where user_id = of_user and password_version = proved_version for no key update;
    if not found then
        return false;
    end if;
    update session set revoked_at = now()
    where session_id in (
        select session_id
        from session
        where user_id = of_user and revoked_at is null and expires_at > now()
        order by used_at desc, session_id
        offset max_sessions - 1
    );
    insert into session (session_id, user_id, expires_at, agent) values (new_session, of_user, expires, from_agent);
    insert into refresh_token (family, session_id, newest) values (token_family, new_session, token_digest);
    return true;
end
$$;

-- Changes a password, and ends all other sessions of the user, whose holders may know the old one; false when the password is
-- another one than was proved. The second statement sees the sessions of log-ins for which the first one has waited.
create function change_password(of_user text, proved_version integer, new_hash text, except_session uuid)
returns boolean
language plpgsql
as $$
begin
    update account set password_hash = new_hash, password_version = password_version + 1
    where user_id = of_user and password_version = proved_version;
    if not found then
        return false;
    end if;
    update session set revoked_at = now()
    where user_id = of_user and session_id <> except_session and revoked_at is null;
    return true;
end
$$;

-- For a node that has just been started, or has slept for longer than the commit log goes back.
create index session_by_revocation on session (revoked_at) where revoked_at is not null;

-- One-use refresh tokens of a session, as SHA-256 digests: the newest, and the one that was used last. All tokens of a session
-- have their family in common, so any other token of the family was used before; its return is the sign of a theft, however long
-- the session lives. used_by marks the client that used the last one, where it can be told from others: for some seconds the
-- answer is repeated for this client alone. used_from is its address; a token is shared when it was given out again to another
-- address.
create table refresh_token (
    family        bytea primary key,
    session_id    uuid not null unique references session on delete cascade,
    newest        bytea not null,
    newest_shared boolean not null default false,
    used          bytea,
    used_at       timestamptz,
    used_by       bytea,
    used_from     text collate "C",
    used_shared   boolean not null default false
);

-- Attempts to prove a password, by account and address of the client, on all nodes. One without an outcome is under way, or its
-- node died: it counts as a failure after a while. user_id is no foreign key, for guesses at ids without an account are
-- counted too.
create table log_in_attempt (
    attempt_id bigint generated always as identity primary key,
    user_id    text collate "C" not null,
    address    text collate "C" not null,
    at         timestamptz not null default clock_timestamp(),
    failed     boolean not null default false
);

create index log_in_attempt_of_source on log_in_attempt (user_id, address, at);
create index log_in_attempt_at on log_in_attempt (at);

-- Admits an attempt, unless failures and attempts under way have reached the limit. The lock is of this account and address
-- alone and ends with the statement; the statements after it see all that was committed before.
--   attempt    the attempt, null when it is refused
--   locked_ms  time until the oldest failure is out of the window; null when attempts under way are the only reason
create function begin_log_in(
    of_user text, from_address text, max_failures integer, window_length interval, unsettled_length interval)
returns table (attempt bigint, locked_ms bigint)
language plpgsql
as $$
declare
    present   timestamptz;
    failures  integer;
    under_way integer;
    oldest    timestamptz;
begin
    -- Nobody waits for the disk under the lock. What a crash of Postgres loses is less than a second of guesses.
    perform set_config('synchronous_commit', 'off', true);
    perform pg_advisory_xact_lock(hashtextextended(of_user || ' ' || from_address, 0));
    present := clock_timestamp();
    select count(*) filter (where a.is_failure), count(*) filter (where not a.is_failure),
           min(a.at) filter (where a.is_failure)
    into failures, under_way, oldest
    from (
        select t.at, t.failed or t.at < present - unsettled_length as is_failure
        from log_in_attempt t
        where t.user_id = of_user and t.address = from_address and t.at > present - window_length
    ) a;
    if failures >= max_failures then
        return query select null::bigint, 1 + (extract(epoch from oldest + window_length - present) * 1000)::bigint;
    elsif failures + under_way >= max_failures then
        return query select null::bigint, null::bigint;
    else
        return query
        insert into log_in_attempt (user_id, address) values (of_user, from_address)
        returning attempt_id, null::bigint;
    end if;
end
$$;

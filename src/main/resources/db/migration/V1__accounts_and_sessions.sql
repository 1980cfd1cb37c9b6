-- Accounts. Ids are compared byte by byte (collation C): they are ASCII by their own rules, and it is the fastest order.
-- folded_name is the name for searches: its words without case and accents. password_version changes with the password, and not
-- when the same password is hashed again at another cost; a proof of an older version is invalid. server_role ranks the account on
-- the whole server, beside its roles in rooms. A disabled account keeps its rows, and cannot log in.
create table account (
    user_id          text collate "C" primary key,
    name             text not null,
    folded_name      text collate "C" not null default '',
    email            text,
    password_hash    text not null,
    password_version integer not null default 0,
    server_role      text collate "C" not null default 'member'
                     check (server_role in ('owner', 'administrator', 'member', 'guest')),
    disabled_at      timestamptz,
    created_at       timestamptz not null default now()
);

-- Index for the few accounts that administrate, and for those without the rights of members.
create index account_server_role on account (server_role, user_id) where server_role <> 'member';

create index account_folded_name on account (folded_name, user_id);

-- Skeletons of a user's id and name. Two users whose names look alike have a skeleton in common, and are shown with their ids.
create table look (
    look    text collate "C" not null,
    user_id text collate "C" not null references account,
    primary key (look, user_id)
);

create index look_of_user on look (user_id);

-- Sessions. Revoking one ends all its tokens and WebSockets. agent and used_at help the user to recognise it in a list.
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

-- Index for the sweep of ended sessions.
create index session_by_expiry on session (expires_at);

-- Opens a session, and ends the user's least recently used ones, so that no more than max_sessions are open. False when the
-- password has changed since the log-in has proved it, or the account is disabled. The lock of the account's row makes concurrent
-- log-ins count each other, and makes a log-in wait for a concurrent change of the password. Readers of the row and references to it do not wait.
create function open_session(
    new_session uuid, of_user text, proved_version integer, expires timestamptz, token_family bytea, token_digest bytea,
    from_agent text, max_sessions integer)
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
        where user_id = of_user and revoked_at is null and expires_at > now()
        order by used_at desc, session_id
        offset max_sessions - 1
    );
    insert into session (session_id, user_id, expires_at, agent) values (new_session, of_user, expires, from_agent);
    insert into refresh_token (family, session_id, newest) values (token_family, new_session, token_digest);
    return true;
end
$$;

-- Changes a password, and ends all other sessions of the user, whose holders may know the old password. False when the password
-- has changed since the caller has proved it. The second statement sees the sessions of log-ins for which the first one has waited.
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

-- Index for a node that has just started, or was frozen for longer than the commit log goes back.
create index session_by_revocation on session (revoked_at) where revoked_at is not null;

-- Refresh tokens of a session, each for one use, as SHA-256 digests: the newest, and the one that was used last. All tokens of a
-- session share a family, so any other token of the family was used before. Its return is a sign of theft, at any age of the
-- session. used_by is a digest of the client that used the last token, if it can be distinguished: for some seconds the answer is
-- repeated for this client only. used_from is its address. A token is shared when it was given out again to another address.
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

-- Attempts to log in, by account and address of the client, on all nodes. An attempt without an outcome is pending, or its node
-- has died: it counts as a failure after a while. user_id is no foreign key, because guesses at ids without an account count too.
create table log_in_attempt (
    attempt_id bigint generated always as identity primary key,
    user_id    text collate "C" not null,
    address    text collate "C" not null,
    at         timestamptz not null default clock_timestamp(),
    failed     boolean not null default false
);

create index log_in_attempt_of_source on log_in_attempt (user_id, address, at);
create index log_in_attempt_at on log_in_attempt (at);

-- Admits an attempt, unless failures and pending attempts have reached the limit. The lock is on this account and address only
-- and ends with the statement; the statements after it see everything that was committed before.
--   attempt    the attempt, null when it is refused
--   locked_ms  time until the oldest failure leaves the window; null when pending attempts are the only reason
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
    -- No wait for the disk under the lock. A crash of Postgres loses less than a second of attempts.
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

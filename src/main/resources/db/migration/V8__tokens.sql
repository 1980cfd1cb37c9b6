-- Personal and bot tokens, bots, and keys that sign access tokens. docs/decisions/0030-tokens.md has the reasons.

-- A bot is an account without a password, which a program uses by tokens. bot_owner is the account of the person who answers for it,
-- and null for a person. A bot never owns the server: nobody could log in to it.
alter table account alter column password_hash drop not null;
alter table account add column bot_owner text collate "C" references account;
alter table account add constraint account_bot
    check ((password_hash is null) = (bot_owner is not null) and (bot_owner is null or server_role <> 'owner'));

create index account_bots on account (bot_owner) where bot_owner is not null;

-- Each token has a session of its own, without a refresh token: it ends as sessions do, on all nodes, and with all sessions of its
-- account. It is in no list of log-ins, and does not count among them.
alter table session add column is_token boolean not null default false;

-- A token is 178 random bits, of which the database has only the SHA-256 digest. No rooms stand for all. used_at is written once in
-- ten minutes at most.
create table access_token (
    session_id uuid primary key references session on delete cascade,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    name       text not null,
    scopes     text[] collate "C" not null check (scopes <@ array['read', 'post', 'admin'] and cardinality(scopes) > 0),
    rooms      text[] collate "C" not null default '{}',
    used_at    timestamptz
);

-- As in V1, but tokens neither count among the sessions nor make way for a new one.
create or replace function open_session(
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
        where user_id = of_user and revoked_at is null and expires_at > now() and not is_token
        order by used_at desc, session_id
        offset max_sessions - 1
    );
    insert into session (session_id, user_id, expires_at, agent) values (new_session, of_user, expires, from_agent);
    insert into refresh_token (family, session_id, newest) values (token_family, new_session, token_digest);
    return true;
end
$$;

-- Records a use of a token, unless one was recorded in the last ten minutes. The lock lets one of concurrent first uses be the first.
create function record_token_use(used_session uuid, of_user text) returns void
language plpgsql
as $$
declare
    before timestamptz;
begin
    select used_at into before from access_token where session_id = used_session for update;
    if not found or before > now() - interval '10 minutes' then
        return;
    end if;
    update access_token set used_at = now() where session_id = used_session;
    update session set used_at = now() where session_id = used_session;
    if before is null then
        insert into audit (actor, action, subject) values (of_user, 'token.used', used_session::text);
    end if;
end
$$;

-- Keys that sign access tokens, since the first rotation; before it the table is empty. A key is derived from auth.key and its salt, so
-- neither alone makes it. The row with an empty kid stands for auth.key itself. A key signs from two seconds after its rotation on,
-- when each node would find it, and its tokens are valid until retired_at.
create table signing_key (
    kid        text collate "C" primary key,
    salt       bytea not null check (octet_length(salt) = case kid when '' then 0 else 32 end),
    signs_from timestamptz not null,
    retired_at timestamptz
);

-- Rotates the key. Tokens of the keys before stay valid for token_life after the new one begins to sign. The lock lets concurrent
-- rotations follow each other.
create function rotate_signing_key(new_kid text, new_salt bytea, token_life interval) returns void
language plpgsql
as $$
declare
    begins constant timestamptz := clock_timestamp() + interval '2 seconds';
begin
    lock table signing_key in share row exclusive mode;
    insert into signing_key (kid, salt, signs_from) values ('', '', 'epoch') on conflict do nothing;
    update signing_key set retired_at = begins + token_life where retired_at is null;
    insert into signing_key (kid, salt, signs_from) values (new_kid, new_salt, begins);
    delete from signing_key where kid <> '' and retired_at < now() - interval '1 day';
end
$$;

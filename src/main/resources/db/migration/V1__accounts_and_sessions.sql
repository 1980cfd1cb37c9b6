-- Ids are compared byte by byte (collation C): they are ASCII by their own rules, and it is the fastest order. folded_name
-- is the name as people type it when they look for somebody: its words without case and accents.
create table account (
    user_id       text collate "C" primary key,
    name          text not null,
    folded_name   text collate "C" not null default '',
    email         text,
    password_hash text not null,
    created_at    timestamptz not null default now()
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

-- For a node that has just been started, or has slept for longer than the commit log goes back.
create index session_by_revocation on session (revoked_at) where revoked_at is not null;

-- One-use tokens of a session, as SHA-256 digests. A used one is kept, for its return is the sign of a theft.
create table refresh_token (
    digest     bytea primary key,
    session_id uuid not null references session on delete cascade,
    used_at    timestamptz
);

create index refresh_token_of_session on refresh_token (session_id);

-- Ids are compared byte by byte (collation C): they are ASCII by their own rules, and it is the fastest order.
create table account (
    user_id       text collate "C" primary key,
    name          text not null,
    email         text,
    password_hash text not null,
    created_at    timestamptz not null default now()
);

-- One log-in. Revoking it ends every token and socket that came of it.
create table session (
    session_id uuid primary key,
    user_id    text collate "C" not null references account,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create index session_of_user on session (user_id);

-- One-use tokens of a session, as SHA-256 digests. A used one is kept, for its return is the sign of a theft.
create table refresh_token (
    digest     bytea primary key,
    session_id uuid not null references session on delete cascade,
    used_at    timestamptz
);

create index refresh_token_of_session on refresh_token (session_id);
